import { gzipSync } from 'node:zlib'
import { writePlace } from '../../functions/evidence/cursor.ts'
import { MOST_PAGE_BYTES, MOST_PAGE_EVENTS, readPage } from '../../functions/evidence/page.ts'
import { START, type Position } from '../../functions/evidence/position.ts'
import { printEvent } from '../../shared/verification/bundle.ts'
import { addMetered, metered, type Metered } from './meter.ts'
import { seedNarrowing, type Lineage } from './lineages.ts'
import { decimal, section, type Row, type Section } from './report.ts'

interface Values extends Metered {
  readonly pages: number
  readonly events: number
  /** Events that came on several pages. */
  readonly again: number
  readonly bytes: number
  readonly gzipBytes: number
  readonly mostPageBytes: number
  readonly mostPageUnits: number
  readonly mostCursorBytes: number
}

const SIZES = [500, 3_000, 12_500]
const MOST_BYTES = 1_000_000
/** A URL at CloudFront has 8,192 bytes. */
const MOST_CURSOR_BYTES = 7_000
const MOST_UNITS_PER_EVENT = 2

/** What the events of a proof cost to read and to send, page by page, each as if by another process. */
export async function benchProving(): Promise<Section> {
  const rows: Row<Values>[] = []
  for (const size of SIZES) rows.push(await rowOf(await seedNarrowing(size, 'whole')))
  return section({
    title: 'proof: GET /b/{id}/proof, all pages',
    notes: [
      `Blended, six levels deep, four fifths are pickups. Pages of at most ${decimal(MOST_PAGE_EVENTS)} events and ${decimal(MOST_PAGE_BYTES)} bytes.`,
      'Besides, the first page reads the state, 1 unit, the place in the log and the checkpoint, 0.5 each, and two or three tiles.',
    ],
    columns: [
      { heading: 'pages', cell: ({ pages }: Values) => decimal(pages) },
      { heading: 'events', cell: ({ events }: Values) => decimal(events) },
      { heading: 'again', cell: ({ again }: Values) => decimal(again) },
      { heading: 'bytes', cell: ({ bytes }: Values) => decimal(bytes) },
      { heading: 'gzip', cell: ({ gzipBytes }: Values) => decimal(gzipBytes) },
      { heading: 'read units', cell: ({ readUnits }: Values) => decimal(readUnits) },
      { heading: 'requests', cell: ({ requests }: Values) => decimal(requests) },
      { heading: 'most bytes', cell: ({ mostPageBytes }: Values) => decimal(mostPageBytes) },
      { heading: 'most units', cell: ({ mostPageUnits }: Values) => decimal(mostPageUnits) },
      { heading: 'longest cursor', cell: ({ mostCursorBytes }: Values) => decimal(mostCursorBytes) },
      { heading: 'ms/page', cell: ({ ms, pages }: Values) => decimal(ms / pages) },
    ],
    rows,
  })
}

async function rowOf({ last, batches, pickups }: Lineage): Promise<Row<Values>> {
  const seen = new Set<string>()
  const costs: Metered[] = []
  const sizes: number[] = []
  const cursors = [0]
  let gzipBytes = 0
  let given = 0
  for (let from: Position | undefined = START; from;) {
    const position: Position = from
    const asked = { batch: last, isWanted: () => Promise.resolve(true) }
    const { result, metered: cost } = await metered(() => readPage(asked, position))
    const text = result.events.map((event) => printEvent(event.text)).join('')
    for (const { id } of result.events) seen.add(id)
    given += result.events.length
    gzipBytes += gzipSync(text).length
    costs.push(cost)
    sizes.push(Buffer.byteLength(text))
    if (result.next) cursors.push(writePlace(last, { position: result.next, sample: undefined }).length)
    from = result.next
  }
  const values: Values = {
    ...costs.reduce(addMetered),
    pages: costs.length,
    events: seen.size,
    again: given - seen.size,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    gzipBytes,
    mostPageBytes: Math.max(...sizes),
    mostPageUnits: Math.max(...costs.map(({ readUnits }) => readUnits)),
    mostCursorBytes: Math.max(...cursors),
  }
  const isBounded = values.mostPageBytes <= MOST_BYTES && values.mostCursorBytes <= MOST_CURSOR_BYTES
  const isCheap = values.readUnits <= MOST_UNITS_PER_EVENT * values.events
  return {
    label: `product of ${decimal(pickups)} pickups, ${decimal(batches)} batches`,
    values,
    target: { text: `page ≤ 1 MB, ≤ ${MOST_UNITS_PER_EVENT} units/event`, met: isBounded && isCheap },
  }
}
