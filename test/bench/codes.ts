import { zipPage } from '../../functions/printing/serial-archive.ts'
import { csvPage, type SerialPage } from '../../functions/printing/serial-pages.ts'
import { decimal, section, type Row, type Section } from './report.ts'

interface Values {
  readonly pieces: number
  readonly answers: number
  readonly bytes: number
  readonly seconds: number
  /** Of one processor: on a machine that others use too, the clock says what they do. */
  readonly cpuSeconds: number
}

const PIECES = 10_000
const MOST_SECONDS = 15
const PAGE = 1000
const LOT = {
  gtin: '09506000134352',
  lot: 'C-2026-11',
  batch: 'B7K3M9QXT2ABC',
  units: PIECES,
  origin: 'https://tidemark.example.org',
}
const DRAWING = { level: 'Q', quiet: 4, dark: '000000', light: 'ffffff' } as const

type PageFrom = (from: number) => SerialPage

const FORMATS: Readonly<Record<string, PageFrom>> = {
  'ZIP of SVG': (from) => zipPage(LOT, from, { limit: PAGE, drawing: DRAWING }),
  'CSV with SVG': (from) => csvPage(LOT, from, { limit: PAGE, drawing: DRAWING }),
  'CSV of addresses': (from) => csvPage(LOT, from, { limit: PAGE, drawing: undefined }),
}

/** What it takes to make the codes of all pieces of a large lot, answer by answer, in one process. */
export async function benchCodes(): Promise<Section> {
  return section({
    title: 'codes of single pieces',
    columns: [
      { heading: 'pieces', cell: ({ pieces }: Values) => decimal(pieces) },
      { heading: 'answers', cell: ({ answers }: Values) => decimal(answers) },
      { heading: 'bytes', cell: ({ bytes }: Values) => decimal(bytes) },
      { heading: 'seconds', cell: ({ seconds }: Values) => decimal(seconds, 1) },
      { heading: 'CPU seconds', cell: ({ cpuSeconds }: Values) => decimal(cpuSeconds, 1) },
    ],
    rows: Object.entries(FORMATS).map(([label, page]) => rowOf(label, page)),
    notes: [`at error correction Q, at most ${decimal(PAGE)} codes an answer`],
  })
}

function rowOf(label: string, page: PageFrom): Row<Values> {
  const started = performance.now()
  const before = process.cpuUsage()
  let [answers, bytes, last] = [0, 0, 0]
  for (; last < PIECES; answers++) {
    const made = page(last + 1)
    bytes += made.bytes.length
    ;({ last } = made)
  }
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  const target = { text: `≤ ${MOST_SECONDS} s of CPU`, met: cpuSeconds <= MOST_SECONDS }
  return { label, values: { pieces: last, answers, bytes, seconds, cpuSeconds }, target }
}
