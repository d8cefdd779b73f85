/**
 * Resolves to true in the one tab that keeps its draft for later. It holds a lock for as long as it lives; when it has
 * gone, the tab that has waited longest is told by `succeeded`. Browsers without locks are told that they are the first.
 */
export async function isFirstTab(succeeded: () => void): Promise<boolean> {
  if (!('locks' in navigator)) return true
  return await new Promise<boolean>((resolve) => {
    const held = navigator.locks.request('tidemark-draft', { ifAvailable: true }, async (lock) => {
      resolve(lock !== null)
      if (lock) await forEver()
      else void navigator.locks.request('tidemark-draft', () => (succeeded(), forEver()))
    })
    held.catch(() => resolve(true))
  })
}

/** The lock goes with the tab. */
const forEver = (): Promise<never> => new Promise<never>(() => {})
