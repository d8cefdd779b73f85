import { NoAnswer } from './service.ts'

/** How these commands end: all holds; something does not; it could not be tried. */
export const PROVEN = 0
export const DISPROVEN = 1
const NOT_TRIED = 2

/**
 * A line as a terminal may be shown it. Bundles, and what services answer, are anybody's, and a terminal obeys what it is shown:
 * what would end the line, move the cursor, or turn text around is spelt out.
 */
export const plain = (line: string): string =>
  line.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  )

export function notTried(why: string): number {
  process.stderr.write(`${why.split('\n').map(plain).join('\n')}\n`)
  return NOT_TRIED
}

/** Runs a command to its exit code. What it could not reach or write is said in one sentence, our own mistakes at length. */
export async function ended(main: () => Promise<number>): Promise<number> {
  try {
    return await main()
  } catch (error) {
    if (!(error instanceof Error)) return notTried(String(error))
    return notTried(error instanceof NoAnswer || 'code' in error ? error.message : (error.stack ?? ''))
  }
}
