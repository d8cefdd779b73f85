import { NoAnswer } from './service.ts'

/** How these commands end: all holds; something does not; it could not be tried. */
export const PROVEN = 0
export const DISPROVEN = 1
const NOT_TRIED = 2

export function notTried(why: string): number {
  process.stderr.write(`${why}\n`)
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
