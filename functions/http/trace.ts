import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * One id from the form to the log. A request brings it: the trace id of `traceparent` (W3C Trace Context), or the UUID of
 * its Idempotency-Key, which the form makes when an entry is saved and sends every time, or that of `X-Request-Id`. The
 * request's line in the logs has it beside the events that the request made, and the sequencer's line names these events
 * when they are signed. Only ids of these forms are taken, since anything else might say who somebody is.
 */
export function traceOf(headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const [, parent] = TRACEPARENT.exec(headers['traceparent'] ?? '') ?? []
  if (parent !== undefined && parent !== NONE) return parent
  return [headers['idempotency-key'], headers['x-request-id']].map(hexOf).find((id) => id !== undefined)
}

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}(?:-.*)?$/
const NONE = '0'.repeat(32)
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

function hexOf(id: string | undefined): string | undefined {
  const trimmed = id?.trim().toLowerCase() ?? ''
  return UUID.test(trimmed) ? trimmed.replaceAll('-', '') : undefined
}

const made = new AsyncLocalStorage<string[]>()

/** Runs what answers a request; the ids of events that are recorded meanwhile are put into `events`. */
export const gatheringEvents = <T>(events: string[], run: () => Promise<T>): Promise<T> =>
  made.run(events, run)

/** Says that an event was recorded, for the line of the request in the logs. Outside of one it says it to nobody. */
export const noteEvent = (id: string): void => void made.getStore()?.push(id)
