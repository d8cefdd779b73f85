import * as z from 'zod/mini'
import { organisationId } from './fields.ts'
import { described, withDefault } from './schema.ts'

export const licenseBody = z.strictObject({
  organisationId: described(organisationId, 'Who may make lots with the GTIN from now on'),
})

export const withdrawBody = z.strictObject({
  organisationId: described(organisationId, 'Who may make no more lots with the GTIN'),
  lots: withDefault(
    z.enum(['listed', 'unlisted']),
    'listed',
    'Whether its lots go on being offered to those who ask for the GTIN: `unlisted` is for who should never have had it. Each lot’s own code leads to it for good',
  ),
})
