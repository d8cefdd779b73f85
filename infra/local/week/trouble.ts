import type { BatchAnswer, EventsAnswer, PassportAnswer, TraceAnswer } from './answers.ts'
import type { Collected } from './collecting.ts'
import type { Made } from './processing.ts'
import { until, type Teller } from './teller.ts'

/** Sunday: a recall that reaches the shelf, and two mistakes, one of which can be corrected. */
export async function recall(teller: Teller, { pickup }: Collected, { product }: Made): Promise<void> {
  const { post, get, refused, coop, heading, say, at } = teller
  heading('Sunday: a recall')
  await post(`/v1/batches/${pickup.id}/hold`, coop.station, {
    reason: 'contamination',
    note: 'Antifouling paint on the rope',
    occurredAt: at(6, 1),
  })
  say(`The station finds paint on the rope of pickup ${pickup.id} and holds it.`)
  const trace = await get<TraceAnswer>(`/v1/batches/${pickup.id}/trace?direction=forward`, coop.station)
  say(`What it became, and who has to be told:`)
  for (const { id, stage, massKg, organisationId, product: name } of trace.nodes.slice(1)) {
    say(`  ${id}  ${stage}${name === undefined ? '' : ` "${name}"`}, ${massKg} kg, at ${organisationId}`)
  }
  const { holds } = await until(
    () => get<PassportAnswer>(`/b/${product.id}`),
    (passport) => passport.holds.length > 0,
  )
  if (holds.length === 0) throw new Error('the public page does not show the hold')
  say(
    `The floats' public page says so: ${holds.map(({ reason, batch }) => `${reason}, from ${batch}`).join('; ')}.`,
  )
  const stopped = await refused('/v1/shipments', coop.brand, {
    siteId: 'taizhou-moulding',
    to: { organisationId: 'zhoushan-coop', siteId: 'shenjiamen' },
    batches: [product.id],
    manifest: { number: 'TZ-77' },
    vehicle: '浙J·T7701',
  })
  say(`Shipping the floats is refused: ${stopped.detail}`)
  await post(`/v1/batches/${pickup.id}/release`, coop.station, {
    note: 'Laboratory found nothing above the limits',
    occurredAt: at(6, 5),
  })
  const after = await until(
    () => get<PassportAnswer>(`/b/${product.id}`),
    (passport) => passport.holds.length === 0,
  )
  if (after.holds.length > 0) throw new Error('the public page still shows the hold')
  say('The laboratory clears it; the hold is released, and the page is as before.')
}

export async function correct(teller: Teller, { spare }: Collected, { washing }: Made): Promise<void> {
  const { post, get, refused, coop, heading, say, at } = teller
  heading('Sunday: two mistakes')
  const stopped = await refused(`/v1/events/${washing}-2/corrections`, coop.recycler, {
    reason: 'The first day was weighed with the truck',
    occurredAt: at(6, 6),
  })
  say(`The washing run's first charge was wrong. ${stopped.detail}`)
  const { items } = await get<EventsAnswer>(`/v1/batches/${spare.id}/events`, coop.station)
  const recorded = items[0]?.event.id ?? ''
  await post(`/v1/events/${recorded}/corrections`, coop.station, {
    reason: '260 bottles, not 620',
    occurredAt: at(6, 7),
    instead: {
      type: 'PickupRecorded',
      form: 'bottle',
      polymer: 'PET',
      pieces: 260,
      position: { lat: 28.2721, lon: 121.6157, accuracyM: 20 },
    },
  })
  const now = await get<BatchAnswer>(`/v1/batches/${spare.id}`, coop.station)
  say(
    `The bottles were 260, not 620: nothing was made of them, so the pickup is said anew, ${now.massKg} kg instead of ${spare.massKg} kg. The first saying stays in its history.`,
  )
}
