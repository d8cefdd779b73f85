import * as z from 'zod'
import { cursor, limit } from './batches.ts'
import { organisationId } from './custody.ts'

export const gtinsQuery = z.strictObject({ limit, cursor })

export const licenseBody = z.strictObject({
  organisationId: organisationId.meta({ description: 'Who may make lots with the GTIN from now on' }),
})

export const withdrawBody = z.strictObject({
  organisationId: organisationId.meta({ description: 'Who may make no more lots with the GTIN' }),
  lots: z.enum(['listed', 'unlisted']).default('listed').meta({
    description:
      'Whether its lots go on being offered to those who ask for the GTIN: `unlisted` is for who should never have had it. Each lot’s own code leads to it for good',
  }),
})
