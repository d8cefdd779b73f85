import * as z from 'zod'

/** A position in a lineage, which is longer than one in a list: it remembers what was given already. */
const cursor = z
  .string()
  .regex(/^[\w-]{1,7000}$/, 'A cursor is what next says, as it is')
  .optional()

const share = z
  .string()
  .regex(/^(1|0?\.\d{1,6})$/, 'A share is 1 or a decimal fraction such as 0.02')
  .transform(Number)
  .pipe(z.number().positive())
  .meta({ description: 'Of the pickups, this share; all else is whole', examples: ['0.02'] })

const seed = z
  .string()
  .regex(/^[\w-]{8,64}$/, 'A seed is 8 to 64 of A-Z a-z 0-9 _ -')
  .meta({
    description: 'What the sample is drawn by: think of it yourself, and we cannot know beforehand which',
  })

export const proofQuery = z
  .strictObject({ cursor, sample: share.optional(), seed: seed.optional() })
  .refine(({ sample, seed }) => (sample === undefined) === (seed === undefined), {
    message: 'A sample needs a seed, and a seed is for a sample',
    path: ['seed'],
  })
