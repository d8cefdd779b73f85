import type { PickupRecorded } from '../domain/events/pickup.ts'
import { PICKUP_TYP } from '../domain/identity/signed-entry.ts'
import { gramsFromKg } from '../domain/material/mass.ts'
import { isSignedBy, parseJws, type PublicKey } from './jws.ts'
import { commitment, type Opening } from './seal.ts'

/**
 * The evidence of a signed pickup: what the collector's device signed at the moment of capture, sealed beside the event.
 * Whoever may read the opening and knows the device's public key can verify it without asking anybody.
 */
export type Verified =
  | { readonly ok: true; readonly device: string; readonly capturedAt: string; readonly entryId: string }
  | { readonly ok: false; readonly why: string }

/**
 * Verifies that an event rests on what a device signed: the event commits to these very bytes, the key signed them, and
 * they say what the event says of site, form, mass and time. A revoked device's key verifies as any other: what it
 * signed before stays signed.
 */
export async function verifyEvidence(
  event: Pick<PickupRecorded, 'site' | 'occurredAt' | 'recordedAt' | 'data'>,
  opening: Opening,
  publicKey: PublicKey,
): Promise<Verified> {
  if (event.data.sealed['entry'] === undefined) return no('the event commits to no signed entry')
  if ((await commitment(opening)) !== event.data.sealed['entry'])
    return no('the event commits to other bytes than these')
  const jws = parseJws(String(opening.value), PICKUP_TYP)
  if (!jws.ok) return no(jws.refusal.detail)
  if (!(await isSignedBy(jws.value, publicKey))) return no('this key has not signed them')
  const signed = signedIn(jws.value.payload)
  if (!signed) return no('what was signed is no entry')
  const difference = differenceTo(event, signed)
  if (difference !== undefined) return no(`the event differs from what was signed in its ${difference}`)
  return { ok: true, device: jws.value.kid, capturedAt: signed.capturedAt, entryId: signed.id }
}

const no = (why: string): Verified => ({ ok: false, why })

interface Signed {
  readonly id: string
  readonly capturedAt: string
  readonly pickup: Readonly<Record<string, unknown>>
}

function signedIn(payload: string): Signed | undefined {
  const said = membersOf(valueOf(payload))
  const [id, capturedAt] = [said['id'], said['capturedAt']]
  if (typeof id !== 'string' || typeof capturedAt !== 'string') return undefined
  return { id, capturedAt, pickup: membersOf(said['pickup']) }
}

function valueOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

/** A mass that was not signed as such follows from gross and tare or from a count, which is the event's own to say. */
function differenceTo(
  { site, occurredAt, recordedAt, data }: Parameters<typeof verifyEvidence>[0],
  { pickup, capturedAt }: Signed,
): string | undefined {
  const { siteId, form, massKg, occurredAt: given = capturedAt } = pickup
  if (siteId !== site) return 'site'
  if (form !== data.form) return 'form'
  if (typeof massKg === 'number' && gramsFromKg(massKg) !== data.massGrams) return 'mass'
  // What the phone's clock called its present, ahead of ours by no more than is allowed, was recorded as ours.
  const at = Date.parse(String(given))
  const isSame = at === Date.parse(occurredAt) || (at > Date.parse(recordedAt) && occurredAt === recordedAt)
  return isSame ? undefined : 'time'
}
