import * as z from 'zod/mini'
import { SCOPES } from '../../domain/identity/scope.ts'
import { MAX_DEPTH } from '../../domain/identity/grant.ts'
import { ROLES, SITE_KINDS } from '../../domain/organisation.ts'
import { organisationId, siteId, text } from './fields.ts'
import {
  between,
  described,
  must,
  namesEachOnce,
  noted,
  optional,
  wholeBetween,
  withDefault,
} from './schema.ts'

const DAY_SECONDS = 86_400
const MAX_GRACE_SECONDS = 30 * DAY_SECONDS

const scopes = z
  .array(z.enum(SCOPES))
  .check(
    z.minLength(1, 'Name a scope, or leave scopes out for all that the role may do'),
    must(namesEachOnce, 'Each scope is named once'),
  )

export const keyBody = z.strictObject({
  name: noted(text(60), {
    description: 'What you call the machine that gets it',
    examples: ['Line 2 PLC'],
  }),
  role: z.enum(ROLES),
  scopes: optional(
    scopes,
    'What it is limited to, within what the role may do; all, if left out. An operator’s key with the scope identity can make others without a limit',
  ),
  expiresAt: optional(z.iso.datetime({ offset: true }), {
    description: 'From then on it is refused; never, if left out',
    examples: ['2027-12-31T00:00:00Z'],
  }),
})

export const rotationBody = z.strictObject({
  graceSeconds: withDefault(
    wholeBetween(0, MAX_GRACE_SECONDS),
    DAY_SECONDS,
    'So long the old key goes on working beside the new one',
  ),
})

const localName = z.strictObject({ en: text(80), zh: text(80) })

export const siteBody = z.strictObject({
  id: siteId,
  kind: z.enum(SITE_KINDS),
  name: localName,
  lat: between(-90, 90),
  lon: between(-180, 180),
})

/** Shown to everybody, so it is an office's and no person's. */
const contact = noted(
  z
    .union([z.email().check(z.maxLength(254)), z.url({ protocol: /^https$/ }).check(z.maxLength(300))])
    .check(
      must(
        (value: string) => /^[!-~]+$/.test(value),
        'Only letters, digits and signs of ASCII; write other hosts in Punycode',
      ),
    ),
  {
    description:
      'Whom the public may ask, as an e-mail address of an office or the https address of a form; shown on public pages',
    examples: ['ask@coop.example', 'https://coop.example/ask'],
  },
)

export const contactBody = z.strictObject({ contact: z.nullable(contact) })

const MAX_FIRST_SITES = 20

export const organisationBody = z.strictObject({
  id: organisationId,
  name: localName,
  contact: optional(contact),
  sites: withDefault(
    z.array(siteBody).check(
      z.maxLength(MAX_FIRST_SITES),
      must((sites) => namesEachOnce(sites.map(({ id }) => id)), 'Each site has its own id'),
    ),
    [],
    'Its first sites; its operators add others',
  ),
})

const until = noted(z.iso.datetime({ offset: true }), { examples: ['2027-03-31T00:00:00Z'] })

/** What one organisation lets another see. */
export const grantBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('audit'),
    to: organisationId,
    sites: optional(
      z.array(siteId).check(z.minLength(1, 'Name a site, or leave sites out for all of them')),
      'Whose books its auditors may read; all, if left out',
    ),
    until: described(until, 'From then on nothing is shown any more'),
  }),
  z.strictObject({
    kind: z.literal('lineage'),
    to: organisationId,
    depth: noted(
      wholeBetween(0, MAX_DEPTH),
      'How many of your runs up from what you shipped them they see; 1 where nothing was granted: the run that made it. The latest grant counts',
    ),
  }),
])
