import type { BuildOptions, Plugin } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname } from 'node:path'

/** What of libraries a bundle leaves out, because no function of ours comes to it. */

/**
 * Importing one of Node's own modules reads all its exports, of `node:http` among them WebSocket, for which Node first
 * loads the whole of undici, and of `node:crypto` all of Web Cryptography: together a fifth of a cold start. Taken as an
 * object, a module is read only where it is used: an import takes the names that it names, and what is required is the
 * object itself. What is imported only when it is needed, such as HTTP without TLS by the client, stays as it is.
 */
const NODE_AS_OBJECTS: Plugin = {
  name: 'node-as-objects',
  setup: (bundling) => {
    bundling.onResolve({ filter: BUILT_IN }, ({ path, kind }) => {
      if (kind === 'dynamic-import') return { path, external: true }
      const namespace = kind === 'require-call' ? 'object' : 'names'
      return { path: `node:${path.replace('node:', '')}`, namespace }
    })
    bundling.onLoad({ filter: /./, namespace: 'object' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
    }))
    bundling.onLoad({ filter: /./, namespace: 'names' }, async ({ path }) => ({
      contents: namesOf(path, await import(path)),
    }))
  },
}

/** Each export is a call without effects, so that the bundler leaves out those that nobody imports, unread. */
function namesOf(path: string, module: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(module).filter((name) => /^[a-z_]\w*$/i.test(name) && name !== 'default')
  const exported = names.map((name) => `const ${name}_ = /* @__PURE__ */ (() => object.${name})()`)
  const named = names.map((name) => `${name}_ as ${name}`)
  return [
    `const object = /* @__PURE__ */ process.getBuiltinModule('${path}')`,
    ...exported,
    `export { object as default, ${named.join(', ')} }`,
  ].join('\n')
}

const BUILT_IN = new RegExp(`^(node:.+|${builtinModules.filter((name) => /^[a-z]/.test(name)).join('|')})$`)

/**
 * Lambda gives a function its credentials in its environment, and nowhere else. The client's default is to look there
 * first, and then in files, at single sign-on, at web identities and in two metadata services, with a client for each of
 * them: a third of its code. Here it looks there only, with the client's own provider; what it signs is the same.
 */
const CREDENTIALS_OF_ENVIRONMENT: Plugin = {
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

/** Of its package's own description the client reads the version, to say it with each request; the rest is left out. */
const VERSION_ONLY: Plugin = {
  name: 'version-only',
  setup: (bundling) => {
    bundling.onLoad({ filter: /client-dynamodb\/package\.json$/ }, async ({ path }) => {
      const { version }: { version: string } = JSON.parse(await readFile(path, 'utf8'))
      return { contents: JSON.stringify({ version }), loader: 'json' }
    })
  },
}

/** What the client loads for an answer in which events stream in, which no operation of a table has, and in a browser. */
export const NEVER_LOADED = ['@smithy/core/event-streams', 'bowser']

/**
 * Fonts may come packed as WOFF2, for which the font library carries a decoder with a dictionary of half a megabyte. Ours
 * are not, so an opened one would be a mistake.
 */
const NO_WOFF2: Plugin = {
  name: 'no-woff2',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^brotli\/decompress\.js$/ }, ({ path }) => ({
      path,
      namespace: 'no-woff2',
    }))
    bundling.onLoad({ filter: /./, namespace: 'no-woff2' }, () => ({
      contents: `export default () => { throw new Error('fonts in WOFF2 are not read here') }`,
    }))
  },
}

/** What makes ours lighter than the stock client's bundle, and changes nothing in what it sends. */
export const LEAN = {
  plugins: [NODE_AS_OBJECTS, CREDENTIALS_OF_ENVIRONMENT, VERSION_ONLY, NO_WOFF2],
  external: NEVER_LOADED,
} satisfies BuildOptions
