import type { OutputWanted } from '../../shared/domain/decide/closing.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import type { Charging, Closing, Instead, Intent, Reported } from './intent.ts'

/** An intent as the request that a client would send. */
export interface Sent {
  readonly act: Intent['act']
  readonly org: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly seen?: Seen
}

/** What a client says it last saw of what it changes. */
export interface Seen {
  readonly subject: string
  readonly version: number
  /** There is a newer one, and the client could know. */
  readonly isStale: boolean
  /** The If-Match header. */
  readonly tag: string
}

/** What a command changes that is there already and that a client can have seen: what its If-Match is about. */
export function changedBy(intent: Intent): string | undefined {
  if ('run' in intent) return intent.run
  if ('batch' in intent) return intent.batch
  return intent.act === 'correct' ? intent.event.home : undefined
}

export function requestOf(intent: Intent): Sent {
  const { act, org, at: occurredAt } = intent
  const to = (path: string, body: object): Sent => ({ act, org, path, body: { occurredAt, ...body } })
  switch (intent.act) {
    case 'pickup':
      return to('/v1/pickups', {
        siteId: intent.site,
        ...reportBody(intent.reported),
        photos: (intent.photos ?? []).map(photoNamed),
      })
    case 'open':
      return to('/v1/runs', { siteId: intent.site, step: intent.step })
    case 'charge':
      return to(`/v1/runs/${intent.run}/charges`, chargingBody(intent))
    case 'close':
      return to(`/v1/runs/${intent.run}/close`, closingBody(intent))
    case 'process': {
      const { site: siteId, step } = intent
      return to('/v1/runs', { siteId, step, ...chargingBody(intent), ...closingBody(intent) })
    }
    case 'product': {
      const { site: siteId, units, gramsPerUnit } = intent
      return to('/v1/products', { siteId, name: 'Case', units, gramsPerUnit, ...chargingBody(intent) })
    }
    case 'void':
    case 'reopen':
      return to(`/v1/runs/${intent.run}/${act}`, { reason: 'A mistake' })
    case 'ship':
      return to('/v1/shipments', {
        siteId: intent.site,
        to: { organisationId: intent.to.org, siteId: intent.to.site },
        batches: intent.batches,
        manifest: { number: 'M-1' },
        vehicle: '浙J12345',
      })
    case 'receive': {
      const lines = intent.lines.map(({ batch, receivedGrams, accepted }) => ({
        batchId: batch,
        massKg: kgFromGrams(receivedGrams),
        accepted,
      }))
      return to(`/v1/shipments/${intent.shipment}/receipt`, { siteId: intent.site, lines })
    }
    case 'inspect':
      return to(`/v1/batches/${intent.batch}/inspections`, inspectionBody(intent.value))
    case 'hold':
      return to(`/v1/batches/${intent.batch}/hold`, { reason: intent.reason })
    case 'release': {
      const { hold } = intent
      return to(`/v1/batches/${intent.batch}/release`, hold === undefined ? {} : { holdId: hold })
    }
    case 'correct': {
      const { event, instead } = intent
      const said = instead && { instead: insteadBody(instead) }
      return to(`/v1/events/${event.id}/corrections`, { reason: 'A mistake', ...said })
    }
    case 'certify':
      return { act, org, path: '/v1/certificates', body: { ...intent.facts } }
    case 'close-period':
      return { act, org, path: '/v1/periods', body: { siteId: intent.site, to: intent.to } }
  }
}

function reportBody(reported: Reported): object {
  const { form, polymer, netGrams, scale, pieces, bags, moistureBp, position, accuracyM } = reported
  return {
    form,
    polymer,
    ...(netGrams !== undefined && { massKg: kgFromGrams(netGrams) }),
    ...(scale && {
      grossKg: kgFromGrams(scale.grossGrams),
      tareKg: kgFromGrams(scale.tareGrams),
      containers: scale.containers,
    }),
    ...(pieces !== undefined && { pieces }),
    ...(bags !== undefined && { bags }),
    ...(moistureBp !== undefined && { moisturePct: moistureBp / 100 }),
    ...(position && { position: { ...position, ...(accuracyM !== undefined && { accuracyM }) } }),
  }
}

const chargingBody = ({ draws, added }: Charging): object => ({
  charges: draws.map(({ batch, massGrams, transport }) => ({
    batchId: batch,
    massKg: kgFromGrams(massGrams),
    ...(transport && { transport }),
  })),
  added: added.map(({ kind, massGrams, polymer }) => ({ kind, massKg: kgFromGrams(massGrams), polymer })),
})

function closingBody({ outputs, losses, energyWh, claim }: Closing): object {
  const lost = Object.entries(losses).map(([kind, grams]) => [kind, kgFromGrams(grams)])
  return {
    outputs: outputs.map(outputBody),
    losses: Object.fromEntries(lost),
    ...(energyWh !== undefined && { energyKWh: energyWh / 1000 }),
    ...(claim && { claim: { scheme: claim.scheme, ...(claim.model && { model: claim.model }) } }),
  }
}

const outputBody = ({ massGrams, moistureBp, claimGrams }: Omit<OutputWanted, 'batch'>): object => ({
  massKg: kgFromGrams(massGrams),
  ...(moistureBp !== undefined && { moisturePct: moistureBp / 100 }),
  ...(claimGrams !== undefined && { claimKg: kgFromGrams(claimGrams) }),
})

const inspectionBody = (value: number): object => ({
  sample: 'S-1',
  lab: 'SGS',
  results: [{ parameter: 'MFI', method: 'ISO 1133-1', value, unit: 'g/10 min', highest: 8 }],
})

function insteadBody(instead: Instead): object {
  switch (instead.of) {
    case 'PickupRecorded':
      // Said as a whole: without a position none is known, where leaving it out would leave it as it was.
      return { type: instead.of, position: null, ...reportBody(instead.reported) }
    case 'ProductMade':
      return { type: instead.of, name: instead.name }
    case 'BatchInspected':
      return { type: instead.of, ...inspectionBody(instead.value) }
  }
}

/** A photo with its thumbnail, which is another file and always the same of the same photo. */
function photoNamed(sha256: string): object {
  const mediaType = 'image/jpeg'
  const thumbnail = { sha256: sha256.replace(/^./, 'f'), mediaType, bytes: 5_000 }
  return { sha256, mediaType, bytes: 50_000, thumbnail }
}
