import * as z from 'zod'
import { RULE_IDS } from '../../domain/checks/rule.ts'

/** What the service says of itself. */
export const healthView = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })

export const openApiView = z.looseObject({ openapi: z.literal('3.1.0') }).meta({ id: 'OpenApi' })

const link = z.object({
  href: z.string(),
  title: z.string(),
  type: z.string().optional(),
  hreflang: z.array(z.string()).optional(),
})

/** RFC 9264: each link type is a member by its whole address. */
export const linksetView = z
  .object({
    linkset: z.array(z.object({ anchor: z.string(), itemDescription: z.string() }).catchall(z.array(link))),
  })
  .meta({ id: 'Linkset' })

export const resolverView = z
  .object({
    name: z.string(),
    resolverRoot: z.string(),
    supportedPrimaryKeys: z.array(z.string()),
    supportedLinkType: z.array(z.object({ namespace: z.string(), prefix: z.string() })),
    linkTypeDefaultCanBeLinkset: z.boolean(),
    jsonLdContextLocation: z.string(),
  })
  .meta({ id: 'Resolver' })

const localName = z.object({ en: z.string(), zh: z.string() })

export const ruleList = z
  .object({
    items: z.array(
      z.object({
        id: z.enum(RULE_IDS),
        title: localName,
        threshold: localName,
        looksAt: z.string(),
        gravest: z.enum(['review', 'fail']),
        status: z.enum(['active', 'partial', 'waiting']),
        missing: localName.optional(),
      }),
    ),
  })
  .meta({ id: 'RuleList' })

export const signInView = z
  .object({
    issuer: z.string().meta({ description: 'As it stands in `iss` of its tokens, to the letter' }),
    clientId: z.string(),
    authorizationEndpoint: z.string(),
    tokenEndpoint: z.string(),
    endSessionEndpoint: z.string().optional(),
    resource: z
      .string()
      .optional()
      .meta({ description: 'What access tokens are asked for (RFC 8707), where the issuer must be told' }),
  })
  .meta({ id: 'SignIn' })

export const logKeyList = z
  .object({
    items: z.array(
      z.object({
        key: z.string().meta({ description: 'A verifier key (C2SP signed-note)' }),
        since: z.string().meta({ description: 'When it was first used' }),
      }),
    ),
  })
  .meta({ id: 'LogKeyList' })
