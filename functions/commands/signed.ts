import type * as z from 'zod/mini'
import { refusalOfIssues } from '../../shared/contract/problem.ts'
import type { pickupBody } from '../../shared/contract/requests/pickups.ts'
import { signedPickup } from '../../shared/contract/requests/signed.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { PICKUP_TYP, refuseEntry } from '../../shared/domain/identity/signed-entry.ts'
import { accept, refuse, type Decision, type Refused } from '../../shared/domain/refusal.ts'
import { audience, jsonIn, signerOf } from '../callers/devices.ts'
import { refuseTooMany } from '../callers/limits.ts'
import { unlessSuspended } from '../callers/suspension.ts'

/** An entry that a device has signed: the very text, when that was, and whether it is taken. */
export interface SignedText {
  readonly entry: string
  /** UTC. */
  readonly capturedAt: string
  /**
   * Why it is not taken at `now`, if it is not. Asked only once it is known not to have been recorded before: what was
   * recorded is answered as at first, even after its time, and after the device was revoked or its organisation suspended.
   */
  readonly refuse: (now: string) => Refused | undefined
}

export interface ReadEntry {
  readonly body: z.output<typeof pickupBody>
  readonly caller: Caller
  readonly signed: SignedText
}

/**
 * Reads a signed pickup: who signed it, and what it says. Refused are texts of another kind (400), signatures that are
 * not those of a device that we know (401), a device that sends too often (429), and entries that do not fit the contract
 * or the Idempotency-Key (400).
 */
export async function readSignedPickup(entry: string, idempotencyKey: string): Promise<Decision<ReadEntry>> {
  const signer = await signerOf(entry, PICKUP_TYP)
  if (!signer.ok) return signer
  const { jws, device } = signer.value
  // What it may do is asked by `refuse` below; whose it is does not change.
  const caller: Caller = { org: device.org, role: 'collector', by: { kind: 'device', id: device.id } }
  const tooMany = refuseTooMany(caller.by, Date.now())
  if (tooMany) return tooMany
  const input = jsonIn(jws)
  const parsed = signedPickup.safeParse(input)
  if (!parsed.success)
    return { ok: false, refusal: refusalOfIssues(parsed.error.issues, input, 'signed text') }
  const { pickup, capturedAt, aud, id } = parsed.data
  if (id.toLowerCase() !== idempotencyKey)
    return refuse('invalid-request', `Idempotency-Key must be the id that was signed, ${id}.`, '/id')
  const standing = await unlessSuspended(caller)
  const signed = {
    entry,
    capturedAt: new Date(capturedAt).toISOString(),
    refuse: (now: string) =>
      standing.ok
        ? refuseEntry({ aud, capturedAt, pickup }, device, { now, audience: audience() })
        : standing,
  }
  return accept({ body: pickup, caller, signed })
}
