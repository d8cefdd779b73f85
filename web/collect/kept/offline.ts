/** What the browser promises about what is kept, and that the form opens without a network. */

/** Keeps the form itself on the phone; where the browser cannot, it works as long as the page is open. */
export async function keepForm(): Promise<void> {
  // Missing on pages by plain http, and in some apps' own browsers.
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/collect/sw.js', { scope: '/collect/' }).catch(() => undefined)
}

let hasAsked = false

/**
 * Asks that nothing is cleared away when the disk runs short, once a page: browsers decide by themselves, but some ask the
 * person.
 */
export async function askToPersist(): Promise<void> {
  if (hasAsked) return
  hasAsked = true
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist()
  } catch {
    // Not known here: what is kept stays as long as the browser lets it.
  }
}

export interface Room {
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly isPersistent: boolean
}

/** How much room there is for entries and photos; undefined where the browser does not say. */
export async function roomOf(): Promise<Room | undefined> {
  try {
    const [{ usage = 0, quota = 0 }, isPersistent] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ])
    return quota > 0 ? { usedBytes: usage, quotaBytes: quota, isPersistent } : undefined
  } catch {
    return undefined
  }
}

/** Below this a few photos more may not fit: time to send, or to clear something away. */
export const LITTLE_ROOM_BYTES = 60_000_000

export const isLittle = ({ usedBytes, quotaBytes }: Room): boolean =>
  quotaBytes - usedBytes < LITTLE_ROOM_BYTES
