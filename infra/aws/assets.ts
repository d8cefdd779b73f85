import { join } from 'node:path'
import { FUNCTIONS, type FunctionName } from '../../shared/contract/functions.ts'
import { bundleFunction } from '../bundle.ts'
import type { Verifier } from '../../web/trace/page.ts'
import { buildSite } from '../site.ts'
import { buildVerifier, type Pinned } from '../verifier.ts'

/** What is uploaded with a deployment: folders on this disk. */
export interface Assets {
  readonly bundleOf: (name: FunctionName) => string
  readonly site: string
  /** The program of the public page that checks stories; none where it is not known yet which key it is to trust. */
  readonly verifier?: Verifier | undefined
}

/** Builds everything into `outDir`. Synthesis cannot wait for anything, so this comes before it. */
export async function buildAssets(outDir: string, pinned?: Pinned): Promise<Assets> {
  const bundleOf = (name: FunctionName): string => join(outDir, 'functions', name)
  const site = join(outDir, 'site')
  const [verifier] = await Promise.all([
    pinned && buildVerifier(site, pinned),
    buildSite(site),
    ...functionNames().map((name) => bundleFunction(name, bundleOf(name))),
  ])
  return { bundleOf, site, verifier }
}

/** The names in the function table. */
export function functionNames(): FunctionName[] {
  const names: FunctionName[] = []
  for (const name in FUNCTIONS) if (isFunctionName(name)) names.push(name)
  return names
}

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name)
