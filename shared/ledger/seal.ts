import { canonicalJson } from './canonical.ts'
import { sha256OfText, toHex } from './hash.ts'

/**
 * Sealing keeps personal data out of the history and still lets it be proven. The event carries a commitment,
 * `SHA-256(salt ‖ "." ‖ JCS(value))`; salt and value are stored beside it. Without the salt the commitment tells
 * nothing, even of a value that could be guessed, so erasing salt and value erases the person and breaks no hash.
 */
export interface Sealed {
  readonly commitments: Readonly<Record<string, string>>
  readonly openings: Readonly<Record<string, Opening>>
}

export interface Opening {
  readonly salt: string
  readonly value: unknown
}

/** Seals each field by itself, so that one can be shown or erased without the others. Absent fields are left out. */
export async function seal(
  fields: Readonly<Record<string, unknown>>,
  randomHex: () => string,
): Promise<Sealed> {
  const commitments: Record<string, string> = {}
  const openings: Record<string, Opening> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    const opening = { salt: randomHex(), value }
    openings[name] = opening
    commitments[name] = await commitment(opening)
  }
  return { commitments, openings }
}

export async function commitment({ salt, value }: Opening): Promise<string> {
  return toHex(await sha256OfText(`${salt}.${canonicalJson(value)}`))
}
