import * as z from 'zod/mini'
import { ROLES, type Role } from '../../domain/organisation.ts'
import { siteId, text } from './fields.ts'
import { matching, must, namesEachOnce, noted, optional, wholeBetween, withDefault } from './schema.ts'

const DAY_SECONDS = 86_400

const standing = {
  role: z.enum(ROLES),
  sites: optional(
    z
      .array(siteId)
      .check(
        z.minLength(1, 'Name a site, or leave sites out for all there are'),
        z.maxLength(50),
        must(namesEachOnce, 'Each site is named once'),
      ),
    'The only sites at which they record, and of which they see devices and what is sealed; all, if left out',
  ),
}

interface Standing {
  readonly role: Role
  readonly sites?: readonly string[] | undefined
}

/** An operator says who may do what, for themselves too, so a limit would be none. */
const LIMITABLE = must(
  ({ role, sites }: Standing) => role !== 'operator' || sites === undefined,
  'An operator is limited to no sites; leave sites out, or choose another role',
  ['sites'],
)

export const invitationBody = z
  .strictObject({
    ...standing,
    label: noted(text(60), {
      description: 'What you call the person; nobody outside your organisation sees it',
      examples: ['Night shift'],
    }),
    expiresInSeconds: withDefault(
      wholeBetween(60, 14 * DAY_SECONDS),
      3 * DAY_SECONDS,
      'So long it can be accepted',
    ),
  })
  .check(LIMITABLE)

export const acceptanceBody = z.strictObject({
  code: noted(
    matching(/^ti_[\w-]{32}$/, 'A code is ti_ and 32 characters, as the link of the invitation ends'),
    'The code of the invitation',
  ),
})

export const assignmentBody = z.strictObject(standing).check(LIMITABLE)
