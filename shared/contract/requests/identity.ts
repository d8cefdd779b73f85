import * as z from 'zod'
import { SCOPES } from '../../domain/identity/scope.ts'
import { MAX_DEPTH } from '../../domain/identity/grant.ts'
import { ROLES, SITE_KINDS } from '../../domain/organisation.ts'
import { organisationId } from './custody.ts'
import { siteId, text } from './fields.ts'

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
    description:
      'What it is limited to, within what the role may do; all, if left out. An operator’s key with the scope identity can make others without a limit',
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

const localName = z.strictObject({ en: text(80), zh: text(80) })

export const siteBody = z.strictObject({
  id: siteId,
  kind: z.enum(SITE_KINDS),
  name: localName,
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
})

/** Shown to everybody, so it is an office's and no person's. */
const contact = z
  .union([z.email().max(254), z.url({ protocol: /^https$/ }).max(300)])
  .refine(
    (value) => /^[!-~]+$/.test(value),
    'Only letters, digits and signs of ASCII; write other hosts in Punycode',
  )
  .meta({
    description:
      'Whom the public may ask, as an e-mail address of an office or the https address of a form; shown on public pages',
    examples: ['ask@coop.example', 'https://coop.example/ask'],
  })

export const contactBody = z.strictObject({ contact: contact.nullable() })

const MAX_FIRST_SITES = 20

export const organisationBody = z.strictObject({
  id: organisationId,
  name: localName,
  contact: contact.optional(),
  sites: z
    .array(siteBody)
    .max(MAX_FIRST_SITES)
    .refine((sites) => new Set(sites.map(({ id }) => id)).size === sites.length, 'Each site has its own id')
    .default([])
    .meta({ description: 'Its first sites; its operators add others' }),
})

const until = z.iso.datetime({ offset: true }).meta({ examples: ['2027-03-31T00:00:00Z'] })

/** What one organisation lets another see. */
export const grantBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('audit'),
    to: organisationId,
    sites: z
      .array(siteId)
      .min(1, 'Name a site, or leave sites out for all of them')
      .optional()
      .meta({ description: 'Whose books its auditors may read; all, if left out' }),
    until: until.meta({ description: 'From then on nothing is shown any more' }),
  }),
  z.strictObject({
    kind: z.literal('lineage'),
    to: organisationId,
    depth: z.int().min(0).max(MAX_DEPTH).meta({
      description:
        'How many of your runs up from what you shipped them they see; 1 where nothing was granted: the run that made it. The latest grant counts',
    }),
  }),
])
