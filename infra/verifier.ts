import { build, type Plugin } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Verifier, VerifierScript } from '../web/trace/page.ts'
import { BUILDING } from './site.ts'

/** Whom the program that checks stories in the browser trusts: the log's origin, and its keys and witnesses' as verifier keys. */
export interface Pinned {
  readonly origin: string
  readonly keys: readonly string[]
}

const WEB = fileURLToPath(new URL('../web/verify', import.meta.url))
const AT = '/verify/assets/'

/**
 * Builds the program into the site's folder, once for each language, with what it trusts written into it. The name of a file
 * carries a hash of what is in it, and whoever names it names that hash too (Subresource Integrity): so a page that is itself
 * as it should be runs no other program, whatever lies there.
 */
export async function buildVerifier(siteDir: string, pinned: Pinned): Promise<Verifier> {
  const to = join(siteDir, AT)
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  const [en, zh] = await Promise.all([buildScript('en', to, pinned), buildScript('zh', to, pinned)])
  return { en, zh }
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
      const contents = source.replaceAll(SENTENCE, (_, said: string) => `${said}'')`)
      return { contents, loader: 'ts' }
    })
  },
}

/** A fault or an error that is made of a text alone, which has no other text within. */
const SENTENCE =
  /\b((?:fault|no|new RangeError|new TypeError)\(|broken\(\s*'[\w-]+',)\s*(?:`[^`]*`|'[^']*')\s*,?\s*\)/g

async function buildScript(lang: keyof Verifier, to: string, pinned: Pinned): Promise<VerifierScript> {
  const { outputFiles } = await build({
    ...BUILDING,
    entryPoints: [join(WEB, `${lang}.ts`)],
    format: 'esm',
    define: { PINNED: JSON.stringify(pinned) },
    plugins: [WITHOUT_SENTENCES],
    write: false,
  })
  const text = outputFiles[0]?.contents ?? new Uint8Array()
  const name = `${lang}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.js`
  await writeFile(join(to, name), text)
  return { src: AT + name, integrity: `sha384-${createHash('sha384').update(text).digest('base64')}` }
}
