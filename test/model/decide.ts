import type { Certificate } from '../../shared/domain/state/certificate.ts'
import { NATURAL_EARTH } from '../../shared/domain/geo/coast/natural-earth.ts'
import { registerCertificate } from '../../shared/domain/decide/certificate.ts'
import { closeRun } from '../../shared/domain/decide/close.ts'
import { correctEvent } from '../../shared/domain/decide/correct.ts'
import type { Actor } from '../../shared/domain/decide/actor.ts'
import { processBatches } from '../../shared/domain/decide/one-shot.ts'
import { factsOfPickup, recordPickup, type ReportedPickup } from '../../shared/domain/decide/pickup.ts'
import { makeProduct } from '../../shared/domain/decide/product.ts'
import {
  holdBatch,
  inspectBatch,
  releaseBatch,
  type InspectBatch,
} from '../../shared/domain/decide/quality.ts'
import { receiveShipment } from '../../shared/domain/decide/receive.ts'
import { chargeRun, openRun } from '../../shared/domain/decide/run.ts'
import { shipBatches } from '../../shared/domain/decide/ship.ts'
import { restingOn } from '../../shared/domain/decide/resting.ts'
import type { DomainEvent, UnlinkedEvent } from '../../shared/domain/events/event.ts'
import type { IdKind } from '../../shared/domain/ids.ts'
import { estimateKm } from '../../shared/domain/checks/haul.ts'
import type { Site } from '../../shared/domain/organisation.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import type { World } from '../../shared/domain/state/world.ts'
import type { CommandOf, Intent, Reported } from './intent.ts'
import { decideClose } from './decide-close.ts'
import { organisationOf, siteIn } from './organisations.ts'

/** An intent given to the decider that it is for, as the handlers in functions/ would. No engine, no clock. */
export interface Surroundings extends World {
  readonly histories: ReadonlyMap<string, readonly DomainEvent[]>
  readonly events: readonly DomainEvent[]
  readonly certificates: readonly Certificate[]
  readonly nextId: (kind: IdKind) => string
  readonly now: string
}

/** Everything but giving up a run or opening it again, which is done by corrections; see pure-world.ts. */
export type Single = Exclude<Intent, { act: 'void' | 'reopen' }>

export function decide(intent: Single, around: Surroundings): Decision<UnlinkedEvent[]> {
  const actor = actorIn(around, intent.org)
  const { at: occurredAt, org } = intent
  const certificates = around.certificates.filter((certificate) => certificate.org === org)
  switch (intent.act) {
    case 'pickup':
      return recordPickup(
        { batch: around.nextId('batch'), sealed: {}, ...seen(intent.reported, org, intent.site, occurredAt) },
        { coastline: NATURAL_EARTH, certificates },
        actor,
      )
    case 'open':
      return openRun({ run: around.nextId('run'), occurredAt, ...intent }, actor)
    case 'charge': {
      const run = around.subjects.get(intent.run)
      if (run?.kind !== 'run') return refuse('not-found', intent.run)
      return chargeRun(run, { ...intent, sites: sitesOf(org), occurredAt }, around, actor)
    }
    case 'close': {
      const run = around.subjects.get(intent.run)
      if (run?.kind !== 'run') return refuse('not-found', intent.run)
      return closeRun(run, { ...intent, ...outputsOf(intent, around), occurredAt }, certificates, actor)
    }
    case 'process': {
      const outputs = outputsOf(intent, around)
      const run = around.nextId('run')
      const command = { ...intent, ...outputs, sites: sitesOf(org), run, occurredAt }
      return processBatches(command, around, certificates, actor)
    }
    case 'product': {
      const { units, gramsPerUnit, draws, added, site } = intent
      const ids = { run: around.nextId('run'), batch: around.nextId('batch') }
      const product = { name: 'Case', units, gramsPerUnit }
      return makeProduct(
        { ...ids, product, draws, added, site, sites: sitesOf(org), losses: {}, occurredAt },
        around,
        certificates,
        actor,
      )
    }
    case 'ship': {
      const way = { from: siteIn(org, intent.site), to: siteIn(intent.to.org, intent.to.site) }
      return shipBatches(
        {
          ...intent,
          occurredAt,
          shipment: around.nextId('shipment'),
          manifest: { number: 'M-1' },
          transport: { mode: 'road', distanceKm: estimateKm(way.from, way.to), basis: 'estimated' },
          way,
          sealed: {},
        },
        around,
        actor,
      )
    }
    case 'receive': {
      const shipment = around.subjects.get(intent.shipment)
      if (shipment?.kind !== 'shipment') return refuse('not-found', intent.shipment)
      const way = { from: siteIn(shipment.from.org, shipment.from.site), to: siteIn(org, intent.site) }
      return receiveShipment(shipment, { ...intent, way, occurredAt, seen: {}, sealed: {} }, around, actor)
    }
    case 'inspect':
    case 'hold':
    case 'release':
      return decideOnBatch(intent, around, actor)
    case 'correct':
      return decideCorrection(intent, around, actor)
    case 'certify':
      return registerCertificate(
        {
          certificate: around.nextId('certificate'),
          facts: intent.facts,
          knownSites: organisationOf(org).sites.map(({ id }) => id),
        },
        actor,
      )
    case 'close-period':
      return decideClose(intent, around, actor)
  }
}

const sitesOf = (org: string): readonly Site[] => organisationOf(org).sites

function actorIn({ subjects, now }: Surroundings, org: string): Actor {
  const periods = [...subjects.values()].filter((subject) => subject.kind === 'period')
  const closes = periods.map((period) => ({ org: period.org, site: period.site, until: period.to }))
  return { org, role: 'operator', now, closes }
}

function decideOnBatch(
  intent: Extract<Single, { act: 'inspect' | 'hold' | 'release' }>,
  { subjects }: World,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const batch = subjects.get(intent.batch)
  if (batch?.kind !== 'batch') return refuse('not-found', intent.batch)
  const occurredAt = intent.at
  if (intent.act === 'inspect') return inspectBatch(batch, inspection(intent.value, occurredAt), actor)
  if (intent.act === 'hold') return holdBatch(batch, { occurredAt, reason: intent.reason, sealed: {} }, actor)
  const { hold } = intent
  return releaseBatch(batch, { occurredAt, sealed: {}, ...(hold !== undefined && { hold }) }, actor)
}

function decideCorrection(
  intent: CommandOf<'correct'> & { readonly at: string },
  around: Surroundings,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const { event } = intent
  const instead = insteadOf(intent, around, actor)
  if (!instead.ok) return instead
  return correctEvent(
    {
      event,
      occurredAt: intent.at,
      sealed: {},
      histories: around.histories,
      resting: restingOn(event.home, intent.at, around.events),
      ...(instead.value && { instead: instead.value }),
    },
    around,
    actor,
  )
}

type Instead = NonNullable<Parameters<typeof correctEvent>[0]['instead']>

function insteadOf(
  { event, instead }: CommandOf<'correct'>,
  { certificates }: Surroundings,
  actor: Actor,
): Decision<Instead | undefined> {
  switch (instead?.of) {
    case undefined:
      return accept(undefined)
    case 'ProductMade':
      return accept({ of: 'ProductMade', facts: { name: instead.name } })
    case 'BatchInspected':
      return accept({ of: 'BatchInspected', facts: inspection(instead.value, event.occurredAt) })
    case 'PickupRecorded': {
      const own = certificates.filter(({ org }) => org === actor.org)
      const report = seen(instead.reported, actor.org, event.site, event.occurredAt)
      const facts = factsOfPickup(report, { coastline: NATURAL_EARTH, certificates: own }, actor)
      return facts.ok ? accept({ of: 'PickupRecorded', facts: facts.value }) : facts
    }
  }
}

function seen(reported: Reported, org: string, site: string, occurredAt: string): ReportedPickup {
  return {
    ...reported,
    occurredAt,
    site: siteIn(org, site),
    isFromVessel: false,
    photos: [],
    earlierUses: [],
  }
}

const inspection = (value: number, occurredAt: string): InspectBatch => ({
  occurredAt,
  sample: 'S-1',
  lab: 'SGS',
  results: [{ parameter: 'MFI', method: 'ISO 1133-1', value, unit: 'g/10 min', highest: 8 }],
})

function outputsOf(
  { outputs }: Pick<CommandOf<'close'>, 'outputs'>,
  { nextId }: Surroundings,
): { outputs: (CommandOf<'close'>['outputs'][number] & { readonly batch: string })[] } {
  return { outputs: outputs.map((output) => ({ ...output, batch: nextId('batch') })) }
}
