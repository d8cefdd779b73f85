import type { Trust } from '../../shared/ledger/checkpoint.ts'
import { parseVerifierKey } from '../../shared/ledger/verifier-key.ts'

/** Written into the program when it is built (infra/site.ts): the log's origin and keys, and those of witnesses. */
declare const PINNED: { readonly origin: string; readonly keys: readonly string[] }

/** Whom this program trusts, which nothing that it fetches can change. */
export async function pinnedTrust(): Promise<Trust> {
  const parsed = await Promise.all(PINNED.keys.map(parseVerifierKey))
  return { origin: PINNED.origin, keys: parsed.flatMap((key) => (key.ok ? [key.value] : [])) }
}
