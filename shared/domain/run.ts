import type { Charge, DomainEvent } from './events.ts'
import type { Step } from './journey.ts'
import type { LossKind } from './material.ts'

/** One processing of material at a site, as its events have left it. */
export interface Run {
  readonly kind: 'run'
  readonly id: string
  readonly step: Step
  readonly org: string
  readonly site: string
  readonly status: 'open' | 'closed'
  readonly charges: readonly Charge[]
  readonly addedGrams: number
  readonly outputs: readonly { readonly batch: string; readonly massGrams: number }[]
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly unaccountedGrams: number
  readonly occurredAt: string
  readonly recordedAt: string
  readonly version: number
  readonly head: string
}

/** Folds one event into one run; see {@link evolveBatch} for the rules, which are the same. */
export function evolveRun(run: Run | undefined, event: DomainEvent, hash: string): Run | undefined {
  const moved = applyToRun(run, event)
  return moved && { ...moved, version: (run?.version ?? 0) + 1, head: hash }
}

function applyToRun(run: Run | undefined, event: DomainEvent): Run | undefined {
  switch (event.type) {
    case 'RunOpened':
      return {
        kind: 'run',
        id: event.data.run,
        step: event.data.step,
        org: event.org,
        site: event.site,
        status: 'open',
        charges: [],
        addedGrams: 0,
        outputs: [],
        losses: {},
        unaccountedGrams: 0,
        occurredAt: event.occurredAt,
        recordedAt: event.recordedAt,
        version: 0,
        head: '',
      }
    case 'RunCharged':
      return (
        run && {
          ...run,
          charges: [...run.charges, ...event.data.charges],
          addedGrams: run.addedGrams + event.data.addedGrams,
        }
      )
    case 'RunClosed': {
      const { losses, unaccountedGrams } = event.data
      const outputs = event.data.outputs.map(({ batch, massGrams }) => ({ batch, massGrams }))
      return run && { ...run, status: 'closed', outputs, losses, unaccountedGrams }
    }
    case 'ProductMade':
    case 'PickupRecorded':
      return run
  }
}
