import { forgetWalks } from '../../functions/views/trace.ts'
import { call } from './http.ts'
import type { Lineage } from './lineages.ts'
import { addMetered, metered, type Metered } from './meter.ts'
import { decimal, section, type Row, type Section, type Target } from './report.ts'
import type { World } from './world.ts'

/** Lineages of three sizes, so that one sees how cost grows; and how large their items are. */
export interface Lineages {
  readonly narrowing: readonly Lineage[]
  readonly widening: readonly Lineage[]
}

interface Values extends Metered {
  readonly nodes: number
  readonly pages: number
  /** Read units for each node. */
  readonly unitsPerNode: number
}

/** What callers get that do not ask for more, and so the most pages. */
const LIMIT = 200
const MOST_LIMIT = 1000
const MOST_GROWTH = 1.2
const LEAST_NODES_PER_REQUEST = 20

/** Reads whole lineages through the API, page by page: backward from a product, forward from a pickup. */
export async function benchTrace(world: World, { narrowing, widening }: Lineages): Promise<Section> {
  const backward = await inSizes(narrowing, ({ last }) => readTrace(world, last, 'backward'))
  const forward = await inSizes(widening, ({ first }) => readTrace(world, first, 'forward'))
  const scattered = await readScattered(world, narrowing.at(-1))
  const rows = [...rowsOf('backward', backward), ...rowsOf('forward', forward), ...scattered]
  return section({
    title: `trace: GET /v1/batches/{id}/trace, to the end in pages of ${LIMIT}`,
    notes: [
      'Blended, six levels deep. Backward: four fifths are pickups, the root is a product; forward: nine tenths are products.',
    ],
    columns: [
      { heading: 'pages', cell: ({ pages }: Values) => decimal(pages) },
      { heading: 'requests', cell: ({ requests }: Values) => decimal(requests) },
      { heading: 'read units', cell: ({ readUnits }: Values) => decimal(readUnits) },
      { heading: 'units/node', cell: ({ unitsPerNode }: Values) => decimal(unitsPerNode, 2) },
      { heading: 'nodes/request', cell: ({ nodes, requests }: Values) => decimal(nodes / requests, 1) },
      { heading: 'ms/node', cell: ({ ms, nodes }: Values) => decimal(ms / nodes, 2) },
    ],
    rows,
  })
}

async function inSizes(
  lineages: readonly Lineage[],
  read: (lineage: Lineage) => Promise<Values>,
): Promise<Values[]> {
  const values: Values[] = []
  for (const lineage of lineages) {
    const measured = await read(lineage)
    if (measured.nodes !== lineage.batches)
      throw new Error(`a lineage of ${lineage.batches} batches has a trace of ${measured.nodes}`)
    values.push(measured)
  }
  return values
}

interface Page {
  readonly nodes: readonly { readonly id: string }[]
  readonly next?: string
}

/** What it costs at worst: no page comes to a process that gave the one before. */
async function readScattered(world: World, lineage: Lineage | undefined): Promise<Row<Values>[]> {
  if (!lineage) return []
  const values = await readTrace(world, lineage.last, 'backward', MOST_LIMIT, forgetWalks)
  const pages = `pages of ${decimal(MOST_LIMIT)}, none where the one before was`
  return [{ label: `backward, ${decimal(values.nodes)} batches, ${pages}`, values }]
}

async function readTrace(
  world: World,
  root: string,
  direction: string,
  limit = LIMIT,
  between = (): void => {},
): Promise<Values> {
  const seen = new Set<string>()
  const all: Metered[] = []
  const headers = { authorization: `Bearer ${world.key}` }
  for (let next: string | undefined = ''; next !== undefined;) {
    const cursor: string = next === '' ? '' : `&cursor=${next}`
    const url = `${world.url}/v1/batches/${root}/trace?direction=${direction}&limit=${limit}${cursor}`
    const { result, metered: cost } = await metered(async (): Promise<Page> =>
      JSON.parse(await call(url, 200, { headers })),
    )
    for (const { id } of result.nodes) seen.add(id)
    all.push(cost)
    between()
    next = result.next
  }
  const sum = all.reduce(addMetered)
  return { ...sum, nodes: seen.size, pages: all.length, unitsPerNode: sum.readUnits / seen.size }
}

/** Units per node of the largest against those of the smallest, and requests against nodes. */
function rowsOf(direction: string, measured: readonly Values[]): Row<Values>[] {
  const [smallest] = measured
  return measured.map((values, index) => {
    const most = MOST_GROWTH * (smallest?.unitsPerNode ?? 0)
    const isLinear = values.unitsPerNode <= most
    const isBatched = values.nodes >= LEAST_NODES_PER_REQUEST * values.requests
    const target: Target = {
      text:
        index === 0
          ? `nodes/request ≥ ${LEAST_NODES_PER_REQUEST}`
          : `≥ ${LEAST_NODES_PER_REQUEST}, units/node ≤ ${MOST_GROWTH} × first`,
      met: isLinear && isBatched,
    }
    return { label: `${direction}, ${decimal(values.nodes)} batches`, values, target }
  })
}
