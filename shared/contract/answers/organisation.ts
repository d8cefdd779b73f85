import * as z from 'zod'

const localName = z.object({ en: z.string(), zh: z.string() })

export const siteView = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: localName,
    lat: z.number(),
    lon: z.number(),
    closedAt: z.string().optional().meta({ description: 'From then on nothing new happens there' }),
  })
  .meta({ id: 'Site' })

export const organisationView = z
  .object({
    id: z.string(),
    name: localName,
    role: z.string(),
    contact: z.string().optional().meta({ description: 'Whom the public may ask' }),
    isHost: z.boolean().optional().meta({ description: 'Whether it runs this service' }),
    memberId: z.string().optional().meta({ description: 'Your own, if you are a person who has signed in' }),
    recordsAt: z
      .array(z.string())
      .optional()
      .meta({ description: 'The only sites at which you record; all, if absent' }),
    sites: z.array(siteView),
  })
  .meta({ id: 'Organisation' })

export const contactView = z.object({ contact: z.string().nullable() }).meta({ id: 'Contact' })

const standingFields = {
  id: z.string(),
  name: localName,
  status: z.enum(['active', 'suspended']),
  suspendedAt: z.string().optional(),
  isHost: z.boolean().optional().meta({ description: 'Runs this service; cannot be suspended' }),
  sites: z.int().meta({ description: 'How many it has' }),
}

/** An organisation as its host sees it. */
export const standingView = z.object(standingFields).meta({ id: 'OrganisationStanding' })

export const standingList = z.object({ items: z.array(standingView) }).meta({ id: 'Organisations' })

export const madeOrganisationView = z
  .object({
    ...standingFields,
    keyId: z.string(),
    secret: z.string().meta({
      description: 'The first key of its operator, with which all others are made; shown this once',
    }),
  })
  .meta({ id: 'MadeOrganisation' })
