import { build } from 'esbuild'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The static site: the landing page at `/`, the collector's form at `/collect/`, and at `/console/` where people sign in. Each page's files lie beside it in
 * `assets/` under names that carry a hash of their content, so they may be cached for ever; the pages themselves may not.
 */
const WEB = fileURLToPath(new URL('../web', import.meta.url))

interface Page {
  readonly source: string
  /** Where it is served, with a slash at either end. */
  readonly at: string
  /** What the page refers to, as its source names it. */
  readonly uses: readonly string[]
}

const PAGES: readonly Page[] = [
  { source: 'home', at: '/', uses: ['style.css', 'icon.svg'] },
  { source: 'console', at: '/console/', uses: ['main.ts', 'style.css', 'icon.svg'] },
  { source: 'collect', at: '/collect/', uses: ['main.ts', 'style.css', 'icon.svg'] },
]

/** Builds the site into `outDir`, replacing what an earlier build left there. */
export async function buildSite(outDir: string): Promise<void> {
  await Promise.all(
    ['assets', 'collect', 'console'].map((old) => rm(join(outDir, old), { recursive: true, force: true })),
  )
  await Promise.all(PAGES.map((page) => buildPage(page, outDir)))
}

async function buildPage({ source, at, uses }: Page, outDir: string): Promise<void> {
  const from = join(WEB, source)
  const to = join(outDir, at)
  const { metafile } = await build({
    entryPoints: uses.map((file) => join(from, file)),
    bundle: true,
    minify: true,
    format: 'esm',
    // Phones of 2020 and WeChat's browser; chrome80 is for the style sheet.
    target: ['es2020', 'chrome80'],
    charset: 'utf8',
    legalComments: 'none',
    loader: { '.svg': 'copy' },
    entryNames: '[name]-[hash]',
    outdir: join(to, 'assets'),
    metafile: true,
    logLevel: 'warning',
  })
  let html = await readPage(from, 'index.html')
  for (const [output, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
    const [input] = entryPoint === undefined ? Object.keys(inputs) : [entryPoint]
    if (input !== undefined) {
      const url = `${at}${relative(to, resolve(output)).replaceAll('\\', '/')}`
      html = html.replaceAll(`"${basename(input)}"`, `"${url}"`)
    }
  }
  await mkdir(dirname(join(to, 'index.html')), { recursive: true })
  await writeFile(join(to, 'index.html'), html.replaceAll(/>\s+</g, '>\n<'))
}

const PART = /<!-- (\w+\.html) -->/g

/** A page with its parts, each of which stands in a file of its own where a comment names that. */
async function readPage(folder: string, name: string): Promise<string> {
  const text = await readFile(join(folder, name), 'utf8')
  const parts = new Map<string, string>()
  for (const [comment, part = ''] of text.matchAll(PART)) {
    parts.set(comment, (await readFile(join(folder, part), 'utf8')).trim())
  }
  return text.replaceAll(PART, (comment) => parts.get(comment) ?? comment)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSite(process.argv[2] ?? '.build/site')
