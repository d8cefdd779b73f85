import { isRecord } from './answers.ts'

/** What tabs and the service worker tell each other: what is being sent, and that something on the phone has changed. */
export type Told =
  | { readonly is: 'changed' }
  | { readonly is: 'sending'; readonly id: string }
  | { readonly is: 'settled'; readonly id: string }

/** Opens the channel; `heard` is told what others say. Where browsers lack it, each tab knows its own alone. */
export function openChannel(heard: (told: Told) => void = () => {}): (told: Told) => void {
  if (!('BroadcastChannel' in globalThis)) return () => {}
  const channel = new BroadcastChannel('tidemark-outbox')
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const told = readTold(data)
    if (told) heard(told)
  })
  return (told) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
    channel.postMessage(told)
  }
}

/** Another tab may be of another version. */
function readTold(data: unknown): Told | undefined {
  if (!isRecord(data)) return undefined
  const { is, id } = data
  if (is === 'changed') return { is }
  return (is === 'sending' || is === 'settled') && typeof id === 'string' ? { is, id } : undefined
}
