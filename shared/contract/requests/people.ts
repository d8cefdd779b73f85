import * as z from 'zod'
import { ROLES, type Role } from '../../domain/organisation.ts'
import { siteId, text } from './fields.ts'

const DAY_SECONDS = 86_400

const standing = {
  role: z.enum(ROLES),
  sites: z
    .array(siteId)
    .min(1, 'Name a site, or leave sites out for all there are')
    .max(50)
    .refine((given) => new Set(given).size === given.length, 'Each site is named once')
    .optional()
    .meta({
      description:
        'The only sites at which they record, and of which they see devices and what is sealed; all, if left out',
    }),
}

interface Standing {
  readonly role: Role
  readonly sites?: readonly string[] | undefined
}

/** An operator says who may do what, for themselves too, so a limit would be none. */
const isLimitable = ({ role, sites }: Standing): boolean => role !== 'operator' || sites === undefined
const UNLIMITED = {
  path: ['sites'],
  message: 'An operator is limited to no sites; leave sites out, or choose another role',
}

export const invitationBody = z
  .strictObject({
    ...standing,
    label: text(60).meta({
      description: 'What you call the person; nobody outside your organisation sees it',
      examples: ['Night shift'],
    }),
    expiresInSeconds: z
      .int()
      .min(60)
      .max(14 * DAY_SECONDS)
      .default(3 * DAY_SECONDS)
      .meta({ description: 'So long it can be accepted' }),
  })
  .refine(isLimitable, UNLIMITED)

export const acceptanceBody = z.strictObject({
  code: z
    .string()
    .regex(/^ti_[\w-]{32}$/, 'A code is ti_ and 32 characters, as the link of the invitation ends')
    .meta({ description: 'The code of the invitation' }),
})

export const assignmentBody = z.strictObject(standing).refine(isLimitable, UNLIMITED)
