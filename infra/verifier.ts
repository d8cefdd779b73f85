import { build, type Plugin } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Verifier, VerifierScript } from '../web/trace/page.ts'
import { BUILDING } from './site.ts'

/** Whom the program that checks stories in the browser trusts: the log's origin, and its keys and witnesses' as verifier keys. */
export interface Pinned {
  readonly origin: string
  readonly keys: readonly string[]
}

const WEB = fileURLToPath(new URL('../web/verify', import.meta.url))
const SHARED = fileURLToPath(new URL('../shared', import.meta.url))
const AT = '/verify/assets/'

/**
 * Builds the program into the site's folder, once for each language, with what it trusts written into it. The name of a file
 * carries a hash of what is in it, and whoever names it names that hash too (Subresource Integrity): so a page that is itself
 * as it should be runs no other program, whatever lies there. Two parts that few readers need are files of their own, which
 * the program names in the same way: the arithmetic for browsers without Ed25519, and the comparison with an older log.
 */
export async function buildVerifier(siteDir: string, pinned: Pinned): Promise<Verifier> {
  const to = join(siteDir, AT)
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const [arithmetic, compare] = await Promise.all([
    buildPart(join(SHARED, 'ledger/ed25519/arithmetic.ts'), to),
    buildPart(join(WEB, 'compare.ts'), to),
  ])
  const written = { PINNED: JSON.stringify(pinned), PARTS: JSON.stringify({ arithmetic, compare }) }
  const [en, zh] = await Promise.all([
    buildScript(join(WEB, 'en.ts'), to, written),
    buildScript(join(WEB, 'zh.ts'), to, written),
  ])
  return { en, zh }
}

/** In the program, the stand-in that loads the part; in the part, the arithmetic itself. */
const ARITHMETIC_APART: Plugin = {
  name: 'arithmetic-apart',
  setup: (building) => {
    building.onResolve({ filter: /^\.\/arithmetic\.ts$/ }, () => ({ path: join(WEB, 'arithmetic.ts') }))
  },
}

/**
 * The technical sentences of shared code, in English and for who uses it, stay out: the program says what is wrong in words
 * of its own, beside the code of the fault, and a kilobyte is a tenth of a second on a slow phone.
 */
const WITHOUT_SENTENCES: Plugin = {
  name: 'without-sentences',
  setup: (building) => {
    building.onLoad({ filter: /[\\/]shared[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = source
        .replaceAll(SENTENCE, (_, said: string) => `${said}'')`)
        .replaceAll(SENTENCE_OF, "fault('')")
      return { contents, loader: 'ts' }
    })
  },
}

/** A fault or an error that is made of a text alone, which has no other text within. */
const SENTENCE =
  /\b((?:fault|no|new RangeError|new TypeError)\(|broken\(\s*'[\w-]+',)\s*(?:`[^`]*`|'[^']*')\s*,?\s*\)/g

/** One that a function of its own puts together. */
const SENTENCE_OF = /\bfault\(unknownSigners\([^()]*\)\)/g

/** A part's hash is in the program itself, and so is a shorter one. */
const buildPart = (from: string, to: string): Promise<VerifierScript> => buildScript(from, to, {}, 'sha256')

async function buildScript(
  from: string,
  to: string,
  written: Readonly<Record<string, string>>,
  integrity: 'sha256' | 'sha384' = 'sha384',
): Promise<VerifierScript> {
  const { outputFiles } = await build({
    ...BUILDING,
    // There is no style sheet in it, and what `chrome80` makes longer, browsers of 2020 know.
    target: 'es2020',
    entryPoints: [from],
    format: 'esm',
    define: { ...written },
    plugins: [WITHOUT_SENTENCES, ARITHMETIC_APART],
    write: false,
  })
  const text = outputFiles[0]?.contents ?? new Uint8Array()
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  const name = `${basename(from, '.ts')}-${hash}.js`
  await writeFile(join(to, name), text)
  return { src: AT + name, integrity: `${integrity}-${createHash(integrity).update(text).digest('base64')}` }
}
