import type { Device } from './device.ts'
import type { Enrolment } from './enrolment.ts'
import type { Invitation } from './invitation.ts'
import type { Grant } from './grant.ts'
import type { ApiKey } from './key.ts'
import type { Member } from './member.ts'

/**
 * The records of who may do what. They are no events: what is recorded of plastic must stay as it was, whoever may do
 * what today. Each is one record that is replaced as a whole.
 */
export interface Identities {
  readonly key: ApiKey
  readonly enrolment: Enrolment
  readonly device: Device
  readonly member: Member
  readonly invitation: Invitation
  readonly grant: Grant
}
export type IdentityKind = keyof Identities
