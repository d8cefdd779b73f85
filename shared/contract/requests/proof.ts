import * as z from 'zod/mini'
import { matching, must, noted, optional } from './schema.ts'

/** A position in a lineage, which is longer than one in a list: it remembers what was given already. */
const cursor = matching(/^[\w-]{1,7000}$/, 'A cursor is what next says, as it is')

const share = noted(
  z.pipe(
    z.pipe(
      matching(/^(1|0?\.\d{1,6})$/, 'A share is 1 or a decimal fraction such as 0.02'),
      z.transform((fraction: string) => Number(fraction)),
    ),
    z.number().check(z.positive()),
  ),
  { description: 'Of the pickups, this share; all else is whole', examples: ['0.02'] },
)

const seed = noted(
  matching(/^[\w-]{8,64}$/, 'A seed is 8 to 64 of A-Z a-z 0-9 _ -'),
  'What the sample is drawn by: think of it yourself, and we cannot know beforehand which',
)

export const proofQuery = z
  .strictObject({ cursor: optional(cursor), sample: optional(share), seed: optional(seed) })
  .check(
    must(
      ({ sample, seed }) => (sample === undefined) === (seed === undefined),
      'A sample needs a seed, and a seed is for a sample',
      ['seed'],
    ),
  )
