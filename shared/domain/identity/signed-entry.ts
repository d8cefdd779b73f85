import { refuse, type Refused } from '../refusal.ts'
import { checkTime, CLOCK_SKEW_SECONDS } from '../time.ts'
import { callerOfDevice, type Device } from './device.ts'
import { refuseAudience } from './enrolment.ts'

/** An entry that a device signed at the moment of its making, to be sent when there is a network. */
export const PICKUP_TYP = 'tidemark-pickup+jws'

/** A boat may be out for weeks, and no longer. */
export const MAX_ENTRY_AGE_DAYS = 30
const DAY_MS = 86_400_000

export interface SignedEntry {
  readonly aud: string
  /** When it was signed, by the clock of the phone. */
  readonly capturedAt: string
  readonly pickup: { readonly siteId: string; readonly occurredAt?: string | undefined }
}

/**
 * Whether what this device signed is taken, `now` and here; undefined if it is. That the signature is good has been
 * seen to. What a revoked device signed is refused whatever time it names: whoever found the phone could name any.
 */
export function refuseEntry(
  { aud, capturedAt, pickup }: SignedEntry,
  device: Device,
  { now, audience }: { readonly now: string; readonly audience: string },
): Refused | undefined {
  const caller = callerOfDevice(device)
  if (!caller.ok) return caller
  if (aud !== audience) return refuseAudience(aud, audience)
  if (pickup.siteId !== device.site)
    return refuse(
      'unknown-site',
      `This phone is enrolled at ${device.site} and enters for that site alone; given: ${pickup.siteId}.`,
      '/pickup/siteId',
    )
  return refuseTimes(capturedAt, pickup.occurredAt, now)
}

function refuseTimes(capturedAt: string, occurredAt: string | undefined, now: string): Refused | undefined {
  const future = checkTime(capturedAt, now, '/capturedAt')
  if (future) return future
  if (Date.parse(now) - Date.parse(capturedAt) > MAX_ENTRY_AGE_DAYS * DAY_MS)
    return refuse(
      'entry-too-old',
      `It was signed at ${capturedAt}; it is ${now} now, and entries are taken up to ${MAX_ENTRY_AGE_DAYS} days later.`,
      '/capturedAt',
    )
  if (occurredAt === undefined) return undefined
  if (Date.parse(occurredAt) - Date.parse(capturedAt) <= CLOCK_SKEW_SECONDS * 1000) return undefined
  return refuse(
    'time-order',
    `It says to have happened at ${occurredAt}, after it was signed at ${capturedAt}.`,
    '/pickup/occurredAt',
  )
}
