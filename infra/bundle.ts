import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FunctionName } from '../shared/contract/functions.ts'

/** What a bundle came to: its size, and esbuild's account of what is in it. */
export interface Bundle {
  readonly bytes: number
  readonly metafile: Metafile
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUTPUT = 'index.mjs'

/** What is CommonJS requires Node's own modules at run time, which an ES module must first be given a way to. */
const REQUIRE = "const require=process.getBuiltinModule('module').createRequire(import.meta.url);"

/**
 * Importing one of Node's own modules reads all its exports, of `node:http` among them WebSocket, for which Node first
 * loads the whole of undici, and of `node:crypto` all of Web Cryptography: together a fifth of a cold start. Taken as an
 * object, a module is read only where it is used.
 */
export const NODE_AS_OBJECTS: Plugin = {
  name: 'node-as-objects',
  setup: (bundling) => {
    bundling.onResolve({ filter: BUILT_IN }, ({ path }) => ({
      path: `node:${path.replace('node:', '')}`,
      namespace: 'object',
    }))
    bundling.onLoad({ filter: /./, namespace: 'object' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }))
  },
}

const BUILT_IN = new RegExp(`^(node:.+|${builtinModules.filter((name) => /^[a-z]/.test(name)).join('|')})$`)

/**
 * Lambda gives a function its credentials in its environment, and nowhere else. The client's default is to look there
 * first, and then in files, at single sign-on, at web identities and in two metadata services, with a client for each of
 * them: a third of its code. Here it looks there only, with the client's own provider; what it signs is the same.
 */
export const CREDENTIALS_OF_ENVIRONMENT: Plugin = {
  name: 'credentials-of-environment',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ importer }) => ({
      path: importer,
      namespace: 'environment',
    }))
    bundling.onLoad({ filter: /./, namespace: 'environment' }, ({ path }) => ({
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env'`,
      resolveDir: dirname(path),
    }))
  },
}

/** What the client loads for an answer in which events stream in; no operation of a table has one. */
const NEVER_LOADED = ['@smithy/core/event-streams']

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

/** What makes ours lighter than the stock client's bundle, and changes nothing in what it sends. */
export const LEAN = {
  plugins: [NODE_AS_OBJECTS, CREDENTIALS_OF_ENVIRONMENT],
  external: NEVER_LOADED,
} satisfies BuildOptions

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
    ...LEAN,
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
