import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionName } from '../shared/contract/functions.ts'

/** What a bundle came to: its size, and esbuild's account of what is in it. */
export interface Bundle {
  readonly bytes: number
  readonly metafile: Metafile
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUTPUT = 'index.mjs'

/** qrcode is CommonJS and requires Node's own modules at run time, which an ES module must first be given a way to. */
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);"

/**
 * Importing `node:http` reads all its exports, among them WebSocket, for which Node first loads the whole of undici,
 * a tenth of a cold start. Taken as an object, it is read only where it is used.
 */
export const HTTP_AS_OBJECT: Plugin = {
  name: 'http-as-object',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'node:http', namespace: 'object' }))
    bundling.onLoad({ filter: /./, namespace: 'object' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }))
  },
}

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
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions

/**
 * Bundles `functions/<name>.ts` and all it imports into `<outDir>/index.mjs`, whose export `handler` Lambda calls.
 *
 * The SDK goes in too: the runtime's own copy is of whatever version AWS put there, and loads slower than a bundled
 * one. The same sources give the same bytes wherever they lie, so that CDK uploads only functions that changed; hence
 * there is no source map inside, and the map of a deployed commit can be had by building that commit again.
 */
export async function bundleFunction(name: FunctionName, outDir: string): Promise<Bundle> {
  const { metafile } = await build({
    ...BUNDLING,
    entryPoints: [`functions/${name}.ts`],
    outfile: join(outDir, OUTPUT),
    plugins: [HTTP_AS_OBJECT],
    metafile: true,
  })
  await copyRead(name, outDir)
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
  return { bytes, metafile }
}

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
