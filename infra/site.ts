import { build, type BuildOptions } from 'esbuild'
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The static site: the landing page at `/`, the collector's form at `/collect/`, at `/console/` where people sign in, and at
 * `/terms/` what our linked data means. Each page's files lie beside it in `assets/` under names that carry a hash of their
 * content, so they may be cached for ever; the pages themselves may not, nor the pictures in `share/`, which links that
 * were passed on name for years.
 */
const WEB = fileURLToPath(new URL('../web', import.meta.url))

interface Page {
  readonly source: string
  /** Where it is served, with a slash at either end. */
  readonly at: string
  /** What the page refers to, as its source names it. */
  readonly uses: readonly string[]
  /** Texts beside the page that refer to the same files, under names that stay. */
  readonly texts?: readonly string[]
  /** The service worker that keeps the page on the phone, served as `sw.js`. */
  readonly worker?: string
}

const PAGES: readonly Page[] = [
  { source: 'home', at: '/', uses: ['style.css', 'icon.svg'] },
  { source: 'terms', at: '/terms/', uses: ['../home/style.css', '../home/icon.svg'] },
  { source: 'console', at: '/console/', uses: ['main.ts', 'style.css', 'icon.svg'] },
  {
    source: 'collect',
    at: '/collect/',
    uses: ['main.ts', 'style.css', 'icon.svg', 'icon-180.png', 'icon-512.png'],
    texts: ['manifest.webmanifest'],
    worker: 'worker/worker.ts',
  },
]

/** Builds the site into `outDir`, replacing what an earlier build left there. */
export async function buildSite(outDir: string): Promise<void> {
  await Promise.all(
    ['assets', 'collect', 'console', 'terms', 'share'].map((old) =>
      rm(join(outDir, old), { recursive: true, force: true }),
    ),
  )
  await cp(join(WEB, 'share'), join(outDir, 'share'), { recursive: true })
  await Promise.all(PAGES.map((page) => buildPage(page, outDir)))
}

/** How scripts are bundled for browsers. */
export const BUILDING = {
  bundle: true,
  minify: true,
  // Phones of 2020 and WeChat's browser; chrome80 is for the style sheet.
  target: ['es2020', 'chrome80'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions

async function buildPage(page: Page, outDir: string): Promise<void> {
  const { source, at, uses, texts = [], worker } = page
  const from = join(WEB, source)
  const to = join(outDir, at)
  const { metafile } = await build({
    ...BUILDING,
    entryPoints: uses.map((file) => join(from, file)),
    format: 'esm',
    loader: { '.svg': 'copy', '.png': 'copy' },
    entryNames: '[name]-[hash]',
    outdir: join(to, 'assets'),
    metafile: true,
  })
  const urls = new Map<string, string>()
  for (const [output, { entryPoint, inputs }] of Object.entries(metafile.outputs)) {
    const [input] = entryPoint === undefined ? Object.keys(inputs) : [entryPoint]
    if (input !== undefined)
      urls.set(basename(input), `${at}${relative(to, resolve(output)).replaceAll('\\', '/')}`)
  }
  const linked = (text: string): string =>
    [...urls].reduce((linking, [file, url]) => linking.replaceAll(`"${file}"`, `"${url}"`), text)
  const html = linked(await readPage(from, 'index.html')).replaceAll(/>\s+</g, '>\n<')
  await mkdir(to, { recursive: true })
  await writeFile(join(to, 'index.html'), html)
  for (const name of texts) await writeFile(join(to, name), linked(await readFile(join(from, name), 'utf8')))
  if (worker === undefined) return
  const kept = [
    at,
    ...[...urls.values(), ...texts.map((name) => at + name)].filter((url) => !url.endsWith('.png')),
  ]
  await buildWorker(join(from, worker), join(to, 'sw.js'), kept, html)
}

/** Every file but the page has a hash in its name, so a hash over the page and their names changes with any of them. */
async function buildWorker(from: string, to: string, files: readonly string[], page: string): Promise<void> {
  const version = createHash('sha256')
    .update(JSON.stringify([files, page]))
    .digest('hex')
    .slice(0, 12)
  await build({
    ...BUILDING,
    entryPoints: [from],
    outfile: to,
    format: 'iife',
    define: { FILES: JSON.stringify(files), VERSION: JSON.stringify(version) },
  })
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
