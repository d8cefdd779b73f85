/**
 * What may stand in the path of a GS1 Digital Link that begins with a GTIN: application identifiers (AI), their order and
 * their values, as the GS1 Syntax Dictionary has them (`01 … dlpkey=22,10,21|235`). A test reads the dictionary itself.
 */
export const GTIN_AI = '01'

/** In this order; `235`, which is a serial number of the European tobacco rules, stands alone. */
export const QUALIFIERS = {
  '22': { longest: 20, means: 'consumer product variant' },
  '10': { longest: 20, means: 'lot' },
  '21': { longest: 20, means: 'serial number' },
  '235': { longest: 28, means: 'third-party serial number' },
} as const satisfies Record<string, { readonly longest: number; readonly means: string }>

export type QualifierAi = keyof typeof QUALIFIERS

/** Object keys that look like numbers come sorted by them, so the order is written out. */
export const QUALIFIER_ORDER = ['22', '10', '21'] as const satisfies readonly QualifierAi[]
export const STANDS_ALONE = '235' as const satisfies QualifierAi

export function isQualifier(ai: string): ai is QualifierAi {
  return Object.hasOwn(QUALIFIERS, ai)
}

/** GS1's character set 82: letters, digits, and the signs that ISO/IEC 646 has alike everywhere. */
const CSET_82 = /^[!"%-?A-Z_a-z]+$/

/** What is wrong with a value, as the end of a sentence; undefined if nothing is. */
export function faultOfValue(ai: QualifierAi, value: string): string | undefined {
  const { longest, means } = QUALIFIERS[ai]
  if (value === '') return `has an empty ${means} (${ai})`
  if (value.length > longest) {
    return `has a ${means} (${ai}) of ${value.length} characters; at most ${longest} are allowed`
  }
  if (!CSET_82.test(value)) {
    return `has a ${means} (${ai}) with a character that GS1 does not allow; allowed are letters, digits and !"%&'()*+,-./:;<=>?_`
  }
  return undefined
}
