import { reviewsIn, soleOutput, type BatchAnswer, type RunAnswer, type ShipmentAnswer } from './answers.ts'
import { TO_SORTING } from '../story.ts'
import type { Teller } from './teller.ts'

/** Monday and Tuesday: pickups at the stations, lots at the warehouse, and a load from Zhoushan. */
export interface Collected {
  /** Lots that are at the warehouse, ready to be washed. */
  readonly lots: readonly BatchAnswer[]
  /** A pickup that went into one of them. */
  readonly pickup: BatchAnswer
  /** A pickup that nothing was made of yet. */
  readonly spare: BatchAnswer
}

const NETS = [
  { siteId: 'dachen', grossKg: 48.6, tareKg: 1.8, containers: 2, lat: 28.4531, lon: 121.8842 },
  { siteId: 'dachen', grossKg: 61.2, tareKg: 1.8, containers: 3, lat: 28.4489, lon: 121.8768 },
  { siteId: 'shitang', grossKg: 39.9, tareKg: 1.8, containers: 2, lat: 28.2716, lon: 121.6154 },
  { siteId: 'ruoshan', grossKg: 44.3, tareKg: 1.8, containers: 2, lat: 28.2612, lon: 121.6018 },
] as const

export async function collect(teller: Teller): Promise<Collected> {
  const { post, coop, heading, say, at } = teller
  heading('Monday: the stations')
  const pickups: BatchAnswer[] = []
  for (const [index, { lat, lon, ...weight }] of NETS.entries()) {
    const made = await post<BatchAnswer>('/v1/pickups', coop.station, {
      form: 'rope',
      polymer: 'PP',
      moisturePct: 18,
      ...weight,
      occurredAt: at(0, 1 + index),
      position: { lat, lon, accuracyM: 15 },
    })
    pickups.push(made)
    say(
      `${weight.siteId}: rope, ${weight.grossKg} kg gross in ${weight.containers} containers of 1.8 kg: ${made.massKg} kg net, 18 % moisture.`,
    )
  }
  const bottles = await post<BatchAnswer>('/v1/pickups', coop.station, {
    siteId: 'shitang',
    form: 'bottle',
    polymer: 'PET',
    pieces: 620,
    occurredAt: at(0, 7),
    position: { lat: 28.2693, lon: 121.6201, accuracyM: 20, crs: 'GCJ02' },
  })
  say(
    `shitang: 620 bottles, counted and not weighed, are ${bottles.massKg} kg by the factor of the day. The position came from a Chinese map (GCJ-02) and was converted.`,
  )
  for (const line of reviewsIn(bottles.checks)) say(line)

  heading('Tuesday: one lot of many pickups, and a load from Zhoushan')
  const open = await post<RunAnswer>('/v1/runs', coop.recycler, {
    step: 'consolidation',
    siteId: 'jiaojiang',
    occurredAt: at(1, 1),
  })
  for (const [index, { id, remainingKg }] of pickups.entries()) {
    const { siteId } = NETS[index] ?? NETS[0]
    await post(`/v1/runs/${open.id}/charges`, coop.recycler, {
      occurredAt: at(1, 2),
      charges: [{ batchId: id, massKg: remainingKg, transport: TO_SORTING[siteId] }],
    })
  }
  const total = sum(pickups.map(({ massKg }) => massKg))
  const lot = soleOutput(
    await post<RunAnswer>(`/v1/runs/${open.id}/close`, coop.recycler, {
      occurredAt: at(1, 3),
      outputs: [{ massKg: total, moisturePct: 18 }],
    }),
  )
  say(`Four pickups became lot ${lot.id}: ${lot.massKg} kg of rope.`)
  const received = await receiveFromZhoushan(teller)
  const [pickup] = pickups
  if (!pickup) throw new Error('the week begins with pickups')
  return { lots: [lot, received], pickup, spare: bottles }
}

async function receiveFromZhoushan({ post, get, coop, zhoushan, say, at }: Teller): Promise<BatchAnswer> {
  const theirs = await post<BatchAnswer>('/v1/pickups', zhoushan.station, {
    siteId: 'shenjiamen',
    form: 'rope',
    polymer: 'PP',
    massKg: 120,
    moisturePct: 16,
    occurredAt: at(0, 4),
    position: { lat: 29.9469, lon: 122.3011, accuracyM: 18 },
  })
  const shipment = await post<ShipmentAnswer>('/v1/shipments', zhoushan.operator, {
    siteId: 'shenjiamen',
    to: { organisationId: 'demo-coop', siteId: 'jiaojiang' },
    occurredAt: at(1, 2),
    batches: [theirs.id],
    manifest: { number: 'ZS-2041', massKg: 120 },
    vehicle: '浙L·D2041',
    seal: 'S-5518',
    transport: { mode: 'road', distanceKm: 238 },
  })
  say(`Zhoushan ships 120 kg of rope under manifest ZS-2041; while it is on the road nobody can use it.`)
  const receipt = await post<ShipmentAnswer>(`/v1/shipments/${shipment.id}/receipt`, coop.recycler, {
    occurredAt: at(1, 9),
    lines: [{ batchId: theirs.id, massKg: 116.4 }],
    seen: { vehicle: '浙L·D2041', seal: 'S-5518', manifestNumber: 'ZS-2041' },
  })
  say('The warehouse weighs 116.4 kg and accepts; both weights stay on record.')
  for (const line of reviewsIn(receipt.checks)) say(line)
  return get<BatchAnswer>(`/v1/batches/${theirs.id}`, coop.recycler)
}

const sum = (values: readonly number[]): number => Math.round(values.reduce((a, b) => a + b, 0) * 1000) / 1000
