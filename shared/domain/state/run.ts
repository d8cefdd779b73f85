import { countsAt } from '../events/envelope.ts'
import type { DomainEvent } from '../events/event.ts'
import { recordsIn, type RunRecords } from '../events/documents.ts'
import type { EventCorrected } from '../events/correction.ts'
import type { RunStep } from '../material/stages.ts'
import type { LossKind } from '../material/material.ts'
import { latest } from '../time.ts'
import { addPools, EMPTY_POOL, subtractPool, type Pool } from './pool.ts'

/** `void`: opened by mistake or abandoned; all that it was charged with went back. */
export const RUN_STATUSES = ['open', 'closed', 'void'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/**
 * One processing of material at a site, as its events have left it. The charges themselves stay in their events,
 * because there may be thousands: the run keeps their sum, and the places of those events in its history.
 */
export interface Run {
  readonly kind: 'run'
  readonly id: string
  readonly step: RunStep
  readonly org: string
  readonly site: string
  readonly status: RunStatus
  readonly pool: Pool
  /** Sequence numbers of the RunCharged events that stand. */
  readonly chargeSequences: readonly number[]
  readonly chargeCount: number
  /** Latest time that a charge which stands was dated; without one, when the run was opened. */
  readonly chargedUntil: string
  /** When its opening counts in the books, or that it was opened again: no charge counts earlier. */
  readonly opensFrom: string
  /** When the last of what it was given counts in the books: neither its end nor a correction counts earlier. */
  readonly countsFrom: string
  readonly outputs: readonly { readonly batch: string; readonly massGrams: number }[]
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly unaccountedGrams: number
  /** What is on record of its end; absent where nothing is. */
  readonly records?: RunRecords
  /** How often it was closed: outputs of a second closing are other batches than those of the first. */
  readonly closings: number
  readonly closedBy?: string
  readonly occurredAt: string
  readonly closedAt?: string
  readonly recordedAt: string
  readonly version: number
  readonly head: string
}

/** Folds one event into one run; see {@link evolveBatch} for the rules, which are the same. */
export function evolveRun(run: Run | undefined, event: DomainEvent, hash: string): Run | undefined {
  const moved = applyToRun(run, event)
  const countsFrom = latest([run?.countsFrom ?? '', countsAt(event)])
  return moved && { ...moved, countsFrom, version: (run?.version ?? 0) + 1, head: hash }
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
        pool: EMPTY_POOL,
        chargeSequences: [],
        chargeCount: 0,
        chargedUntil: event.occurredAt,
        opensFrom: countsAt(event),
        countsFrom: countsAt(event),
        outputs: [],
        losses: {},
        unaccountedGrams: 0,
        closings: 0,
        occurredAt: event.occurredAt,
        recordedAt: event.recordedAt,
        version: 0,
        head: '',
      }
    case 'RunCharged':
      return (
        run && {
          ...run,
          pool: addPools(run.pool, event.data.pool),
          chargeSequences: [...run.chargeSequences, run.version + 1],
          chargeCount: run.chargeCount + event.data.charges.length,
          chargedUntil: latest([run.chargedUntil, event.occurredAt]),
        }
      )
    case 'RunClosed': {
      const { losses, unaccountedGrams } = event.data
      const records = recordsIn(event.data)
      const outputs = event.data.outputs.map(({ batch, massGrams }) => ({ batch, massGrams }))
      return (
        run && {
          ...run,
          status: 'closed',
          outputs,
          losses,
          unaccountedGrams,
          ...(Object.keys(records).length > 0 && { records }),
          closings: run.closings + 1,
          closedBy: event.id,
          closedAt: event.occurredAt,
        }
      )
    }
    case 'EventCorrected':
      return run && undoInRun(run, event)
    default:
      return run
  }
}

function undoInRun(run: Run, event: EventCorrected): Run {
  const { undo } = event.data
  switch (undo.of) {
    case 'RunOpened':
      return { ...run, status: 'void' }
    case 'RunCharged':
      return {
        ...run,
        pool: subtractPool(run.pool, undo.pool),
        chargeSequences: run.chargeSequences.filter((sequence) => sequence !== undo.sequence),
        chargeCount: run.chargeCount - undo.returned.length,
        chargedUntil: undo.chargedUntil,
      }
    case 'RunClosed': {
      const { closedBy: _, closedAt: __, records: ___, ...open } = run
      const opensFrom = countsAt(event)
      return { ...open, status: 'open', opensFrom, outputs: [], losses: {}, unaccountedGrams: 0 }
    }
    default:
      return run
  }
}
