import type { Output } from '../../../shared/domain/events/run.ts'
import { remainingDryGrams } from '../../../shared/domain/state/batch.ts'
import { dryAtMostOf } from '../../../shared/domain/state/pool.ts'
import type { Known } from '../known.ts'
import { batchesOf, runsOf } from '../known.ts'
import type { Evidence } from './evidence.ts'
import { addTo, ofType, sumOf } from './standing.ts'

/** Dry mass over a whole world, counted from standing events: what may be dry never becomes more than there ever was. */
export function dryComplaints(evidence: Evidence): string[] {
  const { came, made, taken, lost, pools } = countedDry(evidence.standing)
  const complaints: string[] = []
  let there = sumOf(lost.values(), (grams) => grams)
  for (const batch of batchesOf(evidence)) {
    const { id, massGrams, dryAtMostGrams, remaining, remainingGrams } = batch
    const whole = made.get(id) ?? 0
    const left = whole - (taken.get(id) ?? 0) - (lost.get(id) ?? 0)
    const said = [dryAtMostGrams ?? massGrams, remaining.dryAtMostGrams ?? remainingGrams].join(' and ')
    if (said !== `${whole} and ${left}`)
      complaints.push(`${said} g of ${id} may be dry, not ${whole} and ${left}`)
    if (remainingDryGrams(batch) > remainingGrams)
      complaints.push(`more than all that is left of ${id} may be dry`)
    there += left
  }
  for (const { id, status, pool } of runsOf(evidence)) {
    const charged = pools.get(id)?.most ?? 0
    if (dryAtMostOf(pool) !== charged)
      complaints.push(`${dryAtMostOf(pool)} g in ${id} may be dry, not ${charged}`)
    if (status === 'open') there += charged
  }
  for (const { data } of ofType(evidence.standing, 'RunClosed')) {
    const most = pools.get(data.run)?.most ?? 0
    const carried = sumOf(data.outputs, mostOf)
    const measured = sumOf(data.outputs, leastOf)
    if (carried > most || measured > most)
      complaints.push(
        `run ${data.run} gave ${measured} to ${carried} g dry, of at most ${most} g that went in dry`,
      )
  }
  if (there > came) complaints.push(`${there} g may be dry, of ${came} g that ever may have been`)
  return complaints
}

/** What standing events say may be dry, by plain sums. */
function countedDry(standing: Known['events']) {
  const [made, taken, lost] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ]
  const pools = new Map<string, { most: number }>()
  let came = 0
  for (const { data } of ofType(standing, 'PickupRecorded')) {
    made.set(data.batch, mostOf(data))
    came += mostOf(data)
  }
  for (const { data } of ofType(standing, 'RunClosed'))
    for (const output of data.outputs) made.set(output.batch, mostOf(output))
  for (const { data } of ofType(standing, 'RunCharged')) {
    const pool = pools.get(data.run) ?? { most: 0 }
    pools.set(data.run, pool)
    for (const { batch, massGrams, dryAtMostGrams = massGrams } of data.charges) {
      addTo(taken, batch, dryAtMostGrams)
      pool.most += dryAtMostGrams
    }
    const added = sumOf(data.added, ({ massGrams }) => massGrams)
    pool.most += added
    came += added
  }
  for (const { data } of ofType(standing, 'BatchReceived'))
    for (const { batch, lost: part } of data.lines) addTo(lost, batch, part.dryAtMostGrams ?? part.massGrams)
  return { came, made, taken, lost, pools }
}

type Weighed = Pick<Output, 'massGrams' | 'moistureBp' | 'dryAtMostGrams'>

/** What a moisture leaves dry, rounded either way; by itself, so that it is not what the core calculates with. */
const dryPart = ({ massGrams, moistureBp = 0 }: Weighed, round: (grams: number) => number): number =>
  round((massGrams * (10_000 - moistureBp)) / 10_000)

const mostOf = (weighed: Weighed): number => weighed.dryAtMostGrams ?? dryPart(weighed, Math.ceil)

const leastOf = (weighed: Weighed): number =>
  weighed.moistureBp === undefined ? 0 : dryPart(weighed, Math.floor)
