import * as z from 'zod'

const localName = z.object({ en: z.string(), zh: z.string() })

export const organisationView = z
  .object({
    id: z.string(),
    name: localName,
    role: z.string(),
    sites: z.array(
      z.object({ id: z.string(), kind: z.string(), name: localName, lat: z.number(), lon: z.number() }),
    ),
  })
  .meta({ id: 'Organisation' })
