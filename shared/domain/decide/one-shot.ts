import type { Certificate } from '../state/certificate.ts'
import type { UnlinkedEvent } from '../events/event.ts'
import { accept, type Decision } from '../refusal.ts'
import { evolveRun, type Run } from '../state/run.ts'
import type { RunStep } from '../material/stages.ts'
import type { World } from '../state/world.ts'
import type { Actor } from './actor.ts'
import { closeRun } from './close.ts'
import type { CloseRun } from './closing.ts'
import { chargeRun, openRun, type ChargeRun } from './run.ts'

/** A whole run in one command: opened, charged once and closed, as three events. */
export interface ProcessBatches extends CloseRun, ChargeRun {
  readonly run: string
  readonly step: RunStep
  readonly site: string
}

/** Decides all of it or nothing; see {@link chargeRun} and {@link closeRun} for the rules. */
export function processBatches(
  command: ProcessBatches,
  world: World,
  certificates: readonly Certificate[],
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  const opened = openRun(command, actor)
  if (!opened.ok) return opened
  // Documents of a run in one call are those of its end.
  const { documents: _, ...charging } = command
  const charged = chargeRun(after(undefined, opened.value), charging, world, actor)
  if (!charged.ok) return charged
  const closed = closeRun(after(after(undefined, opened.value), charged.value), command, certificates, actor)
  if (!closed.ok) return closed
  return accept([...opened.value, ...charged.value, ...closed.value])
}

/** The run as these events leave it; hashes do not matter to a decision. */
function after(run: Run | undefined, events: readonly UnlinkedEvent[]): Run {
  const moved = events.reduce<Run | undefined>(
    (before, event) => evolveRun(before, { ...event, previous: [] }, ''),
    run,
  )
  if (!moved) throw new RangeError('a run begins by being opened')
  return moved
}
