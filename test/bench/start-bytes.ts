import type { FunctionName } from '../../shared/contract/functions.ts'

const MOST_START_BYTES = 350_000
/** What whoever holds a product in their hand waits for. */
const MOST_SCAN_BYTES = 300_000

/** How many bytes of code a function may start with. Sizes are the same everywhere, so a test holds them too. */
export const mostStartBytes = (name: FunctionName): number =>
  name === 'scan' ? MOST_SCAN_BYTES : MOST_START_BYTES
