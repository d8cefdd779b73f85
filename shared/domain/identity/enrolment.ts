import type { PublicKey } from '../../ledger/jws.ts'
import { accept, refuse, type Decision, type Refused } from '../refusal.ts'
import { CLOCK_SKEW_SECONDS } from '../time.ts'
import type { Voucher } from './caller.ts'
import type { Device } from './device.ts'

/** A code with which one phone can be enrolled, once and for a while; of the code itself there is only a hash. */
export interface Enrolment {
  readonly id: string
  readonly org: string
  readonly site: string
  /** The alias of who will hold the phone. */
  readonly label: string
  readonly madeAt: string
  readonly madeBy: Voucher
  readonly expiresAt: string
  /** The device that it was used for. */
  readonly device?: string
  readonly cancelledAt?: string
}

/** No code waits longer for its phone. */
export const MAX_WAIT_SECONDS = 86_400

/** Crockford base32 characters in a code: 80 bits, which nobody guesses in the day that one is good for at most. */
export const CODE_LENGTH = 16

/** A code in groups of four, to be read aloud and typed. */
export const groupedCode = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-')

/** A code as people type it: any case, O for 0, I and L for 1, hyphens and spaces anywhere. */
export const plainCode = (typed: string): string =>
  typed.toUpperCase().replace(/[-\s]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

/** Whether a plain code can be one at all. */
export const isCode = (plain: string): boolean => /^[0-9A-HJKMNP-TV-Z]{16}$/.test(plain)

/** Whether a code still waits for a phone. */
export const isPending = ({ device, cancelledAt, expiresAt }: Enrolment, now: string): boolean =>
  device === undefined && cancelledAt === undefined && now < expiresAt

/** Cancels a code that no phone has used yet. Cancelling it again changes nothing. Refuses 409 one that was used. */
export function cancelEnrolment(enrolment: Enrolment, now: string): Decision<Enrolment> {
  const { id, device, cancelledAt } = enrolment
  if (device === undefined) return accept({ ...enrolment, cancelledAt: cancelledAt ?? now })
  const detail = `Code ${id} was used already; to undo that, revoke device ${device}.`
  return refuse('code-not-usable', detail)
}

/** What using a code comes to: a new device and the code used up, or the device that this very phone got from it before. */
export type Enrolled =
  | { readonly is: 'new'; readonly device: Device; readonly used: Enrolment }
  | { readonly is: 'again'; readonly device: string }

/** Uses a code for a phone. `id` follows from code and key, so a phone that asks again is known by it, also after expiry. */
export function enrol(
  enrolment: Enrolment,
  { id, publicKey, now }: { readonly id: string; readonly publicKey: PublicKey; readonly now: string },
): Decision<Enrolled> {
  const { org, site, label, madeBy, expiresAt, device, cancelledAt } = enrolment
  if (device === id) return accept({ is: 'again', device })
  if (device !== undefined) return refuseCode('was used already')
  if (cancelledAt !== undefined) return refuseCode(`was cancelled at ${cancelledAt}`)
  if (now >= expiresAt) return refuseCode(`expired at ${expiresAt}`)
  return accept({
    is: 'new',
    device: { id, org, site, label, publicKey, madeAt: now, madeBy },
    used: { ...enrolment, device: id },
  })
}

export const UNKNOWN_CODE = refuseCode('is not known')

function refuseCode(why: string): Refused {
  return refuse('code-not-usable', `This code ${why}. Ask your station for a new one.`)
}

/** What a phone signs to show that it has the key which it registers. */
export interface Proof {
  readonly v: 1
  readonly aud: string
  /** Hex of the code's SHA-256. */
  readonly codeSha256: string
  /** Whole seconds, by the clock of the phone. */
  readonly iat: number
}
export const PROOF_TYP = 'tidemark-enrolment+jws'

/**
 * Why a proof does not count, undefined where it does. A clock that is off either way is refused here, where somebody of
 * the station stands by: with it, every entry would be dated wrongly later.
 */
export function refuseProof(
  proof: Proof,
  expected: Pick<Proof, 'aud' | 'codeSha256'>,
  now: string,
): Refused | undefined {
  if (proof.aud !== expected.aud) return refuseAudience(proof.aud, expected.aud)
  if (proof.codeSha256 !== expected.codeSha256)
    return refuse('unauthenticated', 'The proof was signed for another code.', '/proof')
  const offSeconds = proof.iat - Math.floor(Date.parse(now) / 1000)
  if (Math.abs(offSeconds) <= CLOCK_SKEW_SECONDS) return undefined
  const minutes = Math.round(Math.abs(offSeconds) / 60)
  const where = offSeconds > 0 ? 'ahead' : 'behind'
  return refuse(
    'clock-off',
    `The clock of this phone is ${minutes} minutes ${where}: here it is ${now}. Set it to the time of the network and try again.`,
  )
}

export const refuseAudience = (given: string, audience: string): Refused =>
  refuse(
    'wrong-audience',
    `It was signed for ${JSON.stringify(given.slice(0, 80))}; this is ${audience}.`,
    '/aud',
  )
