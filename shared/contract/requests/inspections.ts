import * as z from 'zod/mini'
import { sha256, text } from './fields.ts'
import { between, must, noted, optional } from './schema.ts'

const measured = between(-1_000_000, 1_000_000)

const result = z
  .strictObject({
    parameter: noted(text(60), { examples: ['MFI', 'moisture', 'ash'] }),
    method: noted(text(60), { examples: ['ISO 1133-1'] }),
    value: measured,
    unit: text(20),
    lowest: optional(measured),
    highest: optional(measured),
  })
  .check(
    must(
      ({ lowest, highest }) => lowest === undefined || highest === undefined || lowest <= highest,
      'The highest allowed value is not below the lowest',
      ['highest'],
    ),
  )

/** What a laboratory found; whether it is within the limits is computed. */
export const inspectionFields = {
  sample: noted(text(60), 'Its number or name; public, so of no person'),
  lab: noted(text(120), 'The laboratory; public, so no person'),
  reportSha256: optional(sha256, 'Of the report as a file'),
  results: z.array(result).check(z.minLength(1), z.maxLength(30)),
}
