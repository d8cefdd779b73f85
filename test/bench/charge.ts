import { pickupBody, pickupKg, PLANTS, PROCESSED_AT } from './coast.ts'
import { call, postHeaders } from './http.ts'
import { addMetered, metered, type Metered } from './meter.ts'
import { decimal, section, type Row, type Section } from './report.ts'
import { inParallel } from './work.ts'
import type { World } from './world.ts'

interface Values extends Metered {
  readonly pickups: number
}

const PICKUPS = 2_000
const PER_CALL = 40
const IN_FLIGHT = 16
/** The first calls and the last, compared; more than one each, since one alone says little about time. */
const COMPARED = 5
const MOST_GROWTH = 1.2
const DAY_MS = 86_400_000

/** 2,000 pickups consolidated into one lot, as a station does it: one run, opened, charged in calls of 40, closed. */
export async function benchCharge(world: World): Promise<Section> {
  const numbers = Array.from({ length: PICKUPS }, (_, n) => n)
  const pickups = await inParallel(numbers, IN_FLIGHT, async (n) => {
    const { id } = await post<{ id: string }>(world, '/v1/pickups', bodyOf(n))
    return { batchId: id, massKg: pickupKg(n) }
  })
  const opened = await metered(() =>
    post<{ id: string }>(world, '/v1/runs', {
      step: 'consolidation',
      siteId: PLANTS[0]?.id,
      occurredAt: at(0),
    }),
  )
  const run = `/v1/runs/${opened.result.id}`
  const calls: Metered[] = []
  for (let start = 0; start < PICKUPS; start += PER_CALL) {
    const charges = pickups.slice(start, start + PER_CALL)
    const charged = await metered(() => post(world, `${run}/charges`, { occurredAt: at(1), charges }))
    calls.push(charged.metered)
  }
  const massKg = pickups.reduce((sum, pickup) => sum + pickup.massKg, 0)
  const closed = await metered(() =>
    post(world, `${run}/close`, { occurredAt: at(2), outputs: [{ massKg }] }),
  )
  return layOut(calls, [opened.metered, ...calls, closed.metered])
}

/** Two months of one stretch of coast: so long a store fills up, and so far it is brought from. */
function bodyOf(n: number): object {
  const { position: _, ...body } = pickupBody(n)
  return { ...body, occurredAt: new Date(PROCESSED_AT.getTime() - (1 + (n % 60)) * DAY_MS).toISOString() }
}

const at = (hours: number): string => new Date(PROCESSED_AT.getTime() + hours * 3_600_000).toISOString()

async function post<T>(world: World, path: string, body: object): Promise<T> {
  const sent = { method: 'POST', headers: postHeaders(world), body: JSON.stringify(body) }
  const answer: T = JSON.parse(await call(world.url + path, 201, sent))
  return answer
}

function layOut(calls: readonly Metered[], all: readonly Metered[]): Section {
  const first = calls.slice(0, COMPARED).reduce(addMetered)
  const last = calls.slice(-COMPARED).reduce(addMetered)
  const growth = (last.readUnits + last.writeUnits) / (first.readUnits + first.writeUnits)
  const inCalls = PER_CALL * COMPARED
  const rows: Row<Values>[] = [
    {
      label: `all: open, ${calls.length} calls, close`,
      values: { ...all.reduce(addMetered), pickups: PICKUPS },
    },
    { label: `first ${COMPARED} calls`, values: { ...first, pickups: inCalls } },
    {
      label: `last ${COMPARED} calls`,
      values: { ...last, pickups: inCalls },
      target: { text: `units ≤ ${MOST_GROWTH} × first`, met: growth <= MOST_GROWTH },
    },
  ]
  return section({
    title: `charge ${decimal(PICKUPS)} pickups into one run`,
    notes: [
      `Through the API, ${PER_CALL} charges a call. Pickups of two months, named after their stations.`,
    ],
    columns: [
      { heading: 'requests', cell: ({ requests }: Values) => decimal(requests) },
      { heading: 'transactions', cell: ({ transactions }: Values) => decimal(transactions) },
      { heading: 'items', cell: ({ items }: Values) => decimal(items) },
      { heading: 'write units', cell: ({ writeUnits }: Values) => decimal(writeUnits) },
      { heading: 'read units', cell: ({ readUnits }: Values) => decimal(readUnits) },
      {
        heading: 'write/pickup',
        cell: ({ writeUnits, pickups }: Values) => decimal(writeUnits / pickups, 1),
      },
      { heading: 'read/pickup', cell: ({ readUnits, pickups }: Values) => decimal(readUnits / pickups, 2) },
      { heading: 'ms/pickup', cell: ({ ms, pickups }: Values) => decimal(ms / pickups, 2) },
    ],
    rows,
  })
}
