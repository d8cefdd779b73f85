import type * as Arithmetic from '../../shared/ledger/ed25519/arithmetic.ts'
import type * as Comparing from './compare.ts'
import { UNREACHABLE } from './fetching.ts'

/** A file beside the program, and the hash that it must have (SRI). */
export interface Part {
  readonly src: string
  readonly integrity: string
}

/** Written into the program when it is built (infra/verifier.ts): so whoever has the program as it should be has these so too. */
declare const PARTS: { readonly arithmetic: Part; readonly compare: Part }

export const loadArithmetic = (): Promise<typeof Arithmetic> => load(PARTS.arithmetic)

export const loadCompare = (): Promise<typeof Comparing> => load(PARTS.compare)

/**
 * Loads a part. `import()` names no hash that all browsers look at, but an element does; once that has run, what is imported
 * under its address is the very same module. Where it did not, nothing is imported.
 */
async function load<Module>({ src, integrity }: Part): Promise<Module> {
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.type = 'module'
    script.integrity = integrity
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new Error(UNREACHABLE)))
    script.src = src
    document.head.append(script)
  })
  const module: Module = await import(src)
  return module
}
