/**
 * Resolves to true in the one tab that keeps its draft for later. It holds a lock for as long as it lives; the next tab
 * that is opened after it has gone takes up where it left. Browsers without locks are told that they are the first.
 */
export async function isFirstTab(): Promise<boolean> {
  if (!('locks' in navigator)) return true
  return await new Promise<boolean>((resolve) => {
    const held = navigator.locks.request('tidemark-draft', { ifAvailable: true }, async (lock) => {
      resolve(lock !== null)
      // Never resolved: the lock goes with the tab.
      if (lock) await new Promise<never>(() => {})
    })
    held.catch(() => resolve(true))
  })
}
