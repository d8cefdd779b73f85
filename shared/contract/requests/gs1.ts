import * as z from 'zod/mini'
import { faultOfPrefix, GTIN_PATTERN, hasCheckDigit, isAllNoughts, toGtin14 } from '../../domain/gs1/gtin.ts'
import { matching, must, noted } from './schema.ts'

/** A GTIN as it is printed, with its check digit; it is kept, shown and resolved with 14 digits. */
export const gtin = noted(
  z
    .pipe(
      z.string().check(
        z.regex(GTIN_PATTERN, 'A GTIN has 8, 12, 13 or 14 digits'),
        must((digits) => !isAllNoughts(digits), "A GTIN of noughts alone is nobody's"),
        must(hasCheckDigit, 'The last digit of the GTIN does not check'),
      ),
      z.transform(toGtin14),
    )
    .check(
      must(
        (gtin14) => faultOfPrefix(gtin14) === undefined,
        (gtin14) =>
          `This GTIN is from a range of numbers ${faultOfPrefix(gtin14)}. A code that is read anywhere needs a GTIN that GS1 has given to the brand; leave it out if there is none`,
      ),
    ),
  {
    description: 'As printed, with 8, 12, 13 or 14 digits; answers have 14, with noughts on the left',
    examples: ['09506000134352'],
  },
)

/** Of what GS1 allows, that which needs no encoding in an address; and not what an address takes for "here" and "above". */
export const lot = matching(
  /^(?!\.{1,2}$)[A-Z0-9._-]{1,20}$/,
  'A lot is up to 20 of A-Z 0-9 . _ -, and neither . nor ..',
)
