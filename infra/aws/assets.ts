import { join } from 'node:path'
import { FUNCTIONS, type FunctionName } from '../../shared/contract/functions.ts'
import { bundleFunction } from '../bundle.ts'
import { buildSite } from '../site.ts'

/** What is uploaded with a deployment: folders on this disk. */
export interface Assets {
  readonly bundleOf: (name: FunctionName) => string
  readonly site: string
}

/** Builds everything into `outDir`. Synthesis cannot wait for anything, so this comes before it. */
export async function buildAssets(outDir: string): Promise<Assets> {
  const bundleOf = (name: FunctionName): string => join(outDir, 'functions', name)
  const site = join(outDir, 'site')
  await Promise.all([buildSite(site), ...functionNames().map((name) => bundleFunction(name, bundleOf(name)))])
  return { bundleOf, site }
}

/** The names in the function table. */
export function functionNames(): FunctionName[] {
  const names: FunctionName[] = []
  for (const name in FUNCTIONS) if (isFunctionName(name)) names.push(name)
  return names
}

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name)
