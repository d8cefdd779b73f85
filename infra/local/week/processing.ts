import { reviewsIn, soleOutput, type BatchAnswer, type RunAnswer } from './answers.ts'
import { TO_CLEANING, TO_MOULDING } from '../story.ts'
import type { Collected } from './collecting.ts'
import type { Teller } from './teller.ts'

/** Wednesday to Saturday: a washing run over three days, pellets, a blend with virgin polymer, and a product. */
export interface Made {
  readonly pellets: BatchAnswer
  readonly product: BatchAnswer
  readonly washing: string
}

export async function process(teller: Teller, { lots }: Collected): Promise<Made> {
  const { post, refused, coop, heading, say, at } = teller
  heading('Wednesday to Friday: one washing run over three days')
  const washing = await post<RunAnswer>('/v1/runs', coop.recycler, {
    step: 'cleaning',
    siteId: 'huzhou',
    occurredAt: at(2, 0),
  })
  const [lot, received] = lots
  if (!lot || !received) throw new Error('there are two lots to wash')
  const half = Math.round(lot.remainingKg * 500) / 1000
  const days = [
    [2, { batchId: lot.id, massKg: half, transport: TO_CLEANING }],
    [3, { batchId: received.id, massKg: received.remainingKg, transport: TO_CLEANING }],
    [4, { batchId: lot.id, massKg: round(lot.remainingKg - half), transport: TO_CLEANING }],
  ] as const
  for (const [day, charge] of days) {
    const run = await post<RunAnswer>(`/v1/runs/${washing.id}/charges`, coop.recycler, {
      occurredAt: at(day, 6),
      charges: [charge],
    })
    say(`Day ${day - 1}: ${charge.massKg} kg in; ${run.inputKg} kg so far.`)
  }
  const inputKg = round(lot.remainingKg + received.remainingKg)
  const flakesKg = round(inputKg * 0.62)
  const greedy = await refused(`/v1/runs/${washing.id}/close`, coop.recycler, {
    occurredAt: at(4, 10),
    outputs: [{ massKg: round(inputKg * 1.03) }],
  })
  say(`Somebody writes down 103 %: refused. ${greedy.detail}`)
  const washed = await post<RunAnswer>(`/v1/runs/${washing.id}/close`, coop.recycler, {
    occurredAt: at(4, 10),
    outputs: [{ massKg: flakesKg, moisturePct: 1.2 }],
    losses: { 'wash-loss': round(inputKg * 0.215), moisture: round(inputKg * 0.16) },
    energyKWh: round(inputKg * 0.45),
    waterM3: round(inputKg * 0.003),
  })
  const flakes = soleOutput(washed)
  say(`${inputKg} kg in, ${flakes.massKg} kg of flakes out, ${washed.unaccountedKg} kg not accounted for.`)
  for (const line of reviewsIn(washed.checks)) say(line)

  const pellets = soleOutput(
    await post<RunAnswer>('/v1/runs', coop.recycler, {
      step: 'pelletizing',
      siteId: 'huzhou',
      occurredAt: at(4, 20),
      charges: [{ batchId: flakes.id, massKg: flakes.remainingKg }],
      outputs: [{ massKg: round(flakes.remainingKg * 0.95), moisturePct: 0 }],
      losses: { purge: round(flakes.remainingKg * 0.038), moisture: round(flakes.remainingKg * 0.012) },
      energyKWh: round(flakes.remainingKg * 0.55),
    }),
  )
  say(
    `Pellets: ${pellets.massKg} kg, of which ${pellets.claimsKg['OBP'] ?? 0} kg may be claimed as OBP (${pellets.model}).`,
  )
  return blend(teller, pellets, washing.id)
}

async function blend(teller: Teller, pellets: BatchAnswer, washing: string): Promise<Made> {
  const { post, refused, coop, heading, say, at } = teller
  heading('Saturday: a blend, and what may be claimed of it')
  const body = {
    step: 'blending',
    siteId: 'huzhou',
    occurredAt: at(5, 2),
    charges: [{ batchId: pellets.id, massKg: 100 }],
    added: [{ kind: 'virgin', massKg: 50, polymer: 'PP' }],
    outputs: [{ massKg: 150 }],
  }
  const bold = await refused('/v1/runs', coop.recycler, {
    ...body,
    claim: { scheme: 'OBP', model: 'segregated' },
  })
  say(`100 kg of pellets with 50 kg of virgin PP, claimed as "100 % OBP": refused. ${bold.detail}`)
  const blended = soleOutput(await post<RunAnswer>('/v1/runs', coop.recycler, body))
  say(
    `Recorded as ${blended.model}: ${blended.claimsKg['OBP'] ?? 0} kg of ${blended.massKg} kg may be claimed.`,
  )
  const product = await post<BatchAnswer>('/v1/products', coop.brand, {
    siteId: 'taizhou-moulding',
    name: 'Net float 浮球',
    occurredAt: at(5, 8),
    units: 2_000,
    gramsPerUnit: 70,
    charges: [{ batchId: blended.id, massKg: 140, transport: TO_MOULDING }],
    energyKWh: 90,
  })
  say(`2,000 floats of 70 g. Their page: ${teller.url}/b/${product.id}`)
  return { pellets, product, washing }
}

const round = (kg: number): number => Math.round(kg * 1000) / 1000
