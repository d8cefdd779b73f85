import { build, type BuildOptions, type Metafile } from 'esbuild'
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionName } from '../shared/contract/functions.ts'
import { LEAN } from './lean.ts'

/** What a bundle came to: its size, and esbuild's account of what is in it. */
export interface Bundle {
  readonly bytes: number
  /** Of these, what is loaded when it starts; the rest lies beside that and is loaded when it is needed. */
  readonly startBytes: number
  /** The files that these are in. */
  readonly startFiles: readonly string[]
  readonly metafile: Metafile
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ENTRY = 'index'
const OUTPUT = `${ENTRY}.mjs`

/** What is CommonJS requires Node's own modules at run time, which an ES module must first be given a way to. */
const REQUIRE = "const require=process.getBuiltinModule('module').createRequire(import.meta.url);"

/** How everything is bundled, whatever it is. */
export const BUNDLING = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  banner: { js: REQUIRE },
  minify: true,
  treeShaking: true,
  // Chinese as it is; escaped, it takes twice as many bytes.
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions

/**
 * Bundles `functions/<name>.ts` and all it imports into `<outDir>/index.mjs`, whose export `handler` Lambda calls. What it
 * imports only when something is asked of it goes into files of its own beside that, named by their content.
 *
 * The SDK goes in too: the runtime's own copy is of whatever version AWS put there, and loads slower than a bundled
 * one. The same sources give the same bytes wherever they lie, so that CDK uploads only functions that changed; hence
 * there is no source map inside, and the map of a deployed commit can be had by building that commit again.
 */
export async function bundleFunction(name: FunctionName, outDir: string): Promise<Bundle> {
  await clear(outDir)
  const { metafile } = await build({
    ...BUNDLING,
    entryPoints: [{ in: `functions/${name}.ts`, out: ENTRY }],
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: '[name]-[hash]',
    ...LEAN,
    metafile: true,
  })
  await copyRead(name, outDir)
  const start = startOf(metafile)
  return {
    bytes: bytesOf(metafile, Object.keys(metafile.outputs)),
    startBytes: bytesOf(metafile, start),
    startFiles: start.map((path) => join(ROOT, path)),
    metafile,
  }
}

/** Takes away what an earlier bundling left, whose files may have other names. */
async function clear(outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true })
  const left = (await readdir(outDir)).filter((file) => file.endsWith('.mjs'))
  await Promise.all(left.map((file) => rm(join(outDir, file))))
}

/** The entry and what it imports at once, as the metafile has them. */
function startOf({ outputs }: Metafile): string[] {
  const loaded = new Set(Object.keys(outputs).filter((path) => basename(path) === OUTPUT))
  for (const path of loaded) {
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && outputs[next]) loaded.add(next)
  }
  return [...loaded]
}

const bytesOf = ({ outputs }: Metafile, paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0)

/**
 * Files that a function reads and no bundler can put into its code. Each is copied to the same place under node_modules
 * beside the bundle, so that it is found alike here and there. Of the typeface it is the weight that labels are set in
 * (functions/printing/typeface.ts).
 */
const TYPEFACE = 'node_modules/@fontsource/noto-sans-sc'
const READ_BY: Partial<Record<FunctionName, RegExp>> = {
  labels: /^(LICENSE|package\.json|unicode\.json|files\/.*-500-normal\.woff)$/,
}

async function copyRead(name: FunctionName, outDir: string): Promise<void> {
  const read = READ_BY[name]
  if (!read) return
  const files = (await readdir(join(ROOT, TYPEFACE), { recursive: true })).filter((file) => read.test(file))
  await mkdir(join(outDir, TYPEFACE, 'files'), { recursive: true })
  await Promise.all(files.map((file) => copyFile(join(ROOT, TYPEFACE, file), join(outDir, TYPEFACE, file))))
}
