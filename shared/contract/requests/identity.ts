import * as z from 'zod'
import { SCOPES } from '../../domain/identity/scope.ts'
import { ROLES } from '../../domain/organisation.ts'
import { text } from './fields.ts'

const DAY_SECONDS = 86_400
const MAX_GRACE_SECONDS = 30 * DAY_SECONDS

const scopes = z
  .array(z.enum(SCOPES))
  .min(1, 'Name a scope, or leave scopes out for all that the role may do')
  .refine((given) => new Set(given).size === given.length, 'Each scope is named once')
  .optional()

export const keyBody = z.strictObject({
  name: text(60).meta({ description: 'What you call the machine that gets it', examples: ['Line 2 PLC'] }),
  role: z.enum(ROLES),
  scopes: scopes.meta({
    description: 'What it is limited to, within what the role may do; all, if left out',
  }),
  expiresAt: z.iso
    .datetime({ offset: true })
    .optional()
    .meta({
      description: 'From then on it is refused; never, if left out',
      examples: ['2027-12-31T00:00:00Z'],
    }),
})

export const rotationBody = z.strictObject({
  graceSeconds: z
    .int()
    .min(0)
    .max(MAX_GRACE_SECONDS)
    .default(DAY_SECONDS)
    .meta({ description: 'So long the old key goes on working beside the new one' }),
})
