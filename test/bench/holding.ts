import * as z from 'zod'
import { handler as projector } from '../../functions/projector.ts'
import { call, postHeaders } from './http.ts'
import type { Lineage } from './lineages.ts'
import { addMetered, metered, type Metered } from './meter.ts'
import { decimal, section, type Row, type Section } from './report.ts'
import { captureRecords, type Capture } from './stream.ts'
import type { World } from './world.ts'

interface Values extends Metered {
  readonly batches: number
  /** Records of the stream: writes of states, of batches and of runs. */
  readonly marks: number
  /** Rounds until nothing changed any more: as many as the lineage has levels of batches and runs. */
  readonly levels: number
  /** Calls of the projector. */
  readonly calls: number
  /** Until the page of the last product of the last level showed it. */
  readonly lastPageMs: number
  readonly unitsPerMark: number
}

/** As many records as infra/aws/stream.ts hands over at once. */
const RECORDS_PER_CALL = 50
const MOST_GROWTH = 1.2

/** A hold on the one pickup that all others were made of, until the last page shows it; and its release. */
export async function benchHold(world: World, lineages: readonly Lineage[]): Promise<Section> {
  const rows: Row<Values>[] = []
  let smallest: number | undefined
  for (const lineage of lineages) {
    await world.project([lineage.last])
    const capture = captureRecords(lineage.items)
    try {
      for (const act of ['hold', 'release'] as const) {
        const values = await carryThrough(world, lineage, capture, act)
        smallest ??= values.unitsPerMark
        const met = values.unitsPerMark <= MOST_GROWTH * smallest
        const label = `${act}, ${decimal(lineage.batches)} batches`
        rows.push({ label, values, target: { text: `units/mark ≤ ${MOST_GROWTH} × first`, met } })
      }
    } finally {
      capture.stop()
    }
  }
  return section({
    title: 'hold and release: POST …/hold and …/release on a pickup, until all that was made of it shows it',
    notes: [
      `The projector is called with the records that the stream would have, ${RECORDS_PER_CALL} at a time, one call after the other: times are of`,
      'one process on the embedded engine. On AWS shards and keys are worked on side by side, and each level of a release adds the stream’s delay.',
      'Marks: writes of states, of batches and of runs; each batch’s passport is made anew, within the same units.',
    ],
    columns: [
      { heading: 'marks', cell: ({ marks }: Values) => decimal(marks) },
      { heading: 'levels', cell: ({ levels }: Values) => decimal(levels) },
      { heading: 'requests', cell: ({ requests }: Values) => decimal(requests) },
      { heading: 'refused', cell: ({ refused }: Values) => decimal(refused) },
      { heading: 'write units', cell: ({ writeUnits }: Values) => decimal(writeUnits) },
      { heading: 'read units', cell: ({ readUnits }: Values) => decimal(readUnits) },
      { heading: 'units/mark', cell: ({ unitsPerMark }: Values) => decimal(unitsPerMark, 2) },
      { heading: 'ms/mark', cell: ({ ms, marks }: Values) => decimal(ms / marks, 2) },
      { heading: 's to last page', cell: ({ lastPageMs }: Values) => decimal(lastPageMs / 1000, 1) },
    ],
    rows,
  })
}

async function carryThrough(
  world: World,
  lineage: Lineage,
  capture: Capture,
  act: 'hold' | 'release',
): Promise<Values> {
  const begun = performance.now()
  const body = act === 'hold' ? { reason: 'contamination' } : {}
  const sent = await metered(() =>
    call(`${world.url}/v1/batches/${lineage.first}/${act}`, 201, {
      method: 'POST',
      headers: postHeaders(world),
      body: JSON.stringify(body),
    }),
  )
  const all = [sent.metered]
  let [marks, levels, calls, lastPageMs] = [0, 0, 0, Number.NaN]
  for (let records = capture.take(); records.length > 0; records = capture.take(), levels++) {
    marks += records.length
    for (let start = 0; start < records.length; start += RECORDS_PER_CALL) {
      const Records = records.slice(start, start + RECORDS_PER_CALL)
      const { result, metered: cost } = await metered(() => projector({ Records }))
      if (result.batchItemFailures.length > 0) throw new Error('a record could not be projected')
      all.push(cost)
      calls++
      const isLast = Records.some(({ dynamodb }) => dynamodb?.Keys?.['pk']?.S === `B#${lineage.last}`)
      if (!isLast) continue
      if ((await isShownHeld(world, lineage.last)) !== (act === 'hold'))
        throw new Error(`the last product's page does not show the ${act}`)
      lastPageMs = performance.now() - begun
    }
  }
  const sum = all.reduce(addMetered)
  const units = sum.writeUnits + sum.readUnits
  return { ...sum, batches: lineage.batches, marks, levels, calls, lastPageMs, unitsPerMark: units / marks }
}

const shown = z.object({ holds: z.array(z.unknown()) })

async function isShownHeld({ url }: World, batch: string): Promise<boolean> {
  const passport = shown.parse(JSON.parse(await call(`${url}/b/${batch}?format=json`, 200)))
  return passport.holds.length > 0
}
