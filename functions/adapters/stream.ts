import type { AttributeValue, DynamoDBRecord } from 'aws-lambda'
import type { Subject } from '../../shared/domain/state/fold.ts'
import type { HoldChange } from './holds.ts'
import type { Loaded } from './items.ts'
import { stateKey } from './keys.ts'
import { unpackedRecord } from './packed.ts'

/** A change of a batch's or run's state, as a stream record shows it. */
export interface Changed extends Loaded {
  /** What is to be carried on: all that went, and what came, unless whoever brought it went on by themselves. */
  readonly holdChange: HoldChange
  /** Runs that a held batch is in no more, because its charge was taken back. */
  readonly left: readonly string[]
}

/** The change that a stream record carries, or undefined for a record of anything else. */
export function changedState(record: DynamoDBRecord): Changed | undefined {
  const { Keys, NewImage, OldImage } = record.dynamodb ?? {}
  if (Keys?.['sk']?.S !== stateKey('B').sk) return undefined
  const state = unpackedRecord(NewImage?.['state'])
  if (state === undefined) return undefined
  const subject: Subject = JSON.parse(state)
  const [before, now] = [holdsIn(OldImage), holdsIn(NewImage)]
  const isHeld = before.length + now.length > 0
  const revision = Number(NewImage?.['revision']?.N ?? 0)
  // Of another write than the last, `walked` says nothing of this one.
  const isWalked = NewImage?.['walked']?.N === String(revision)
  return {
    subject,
    holds: now,
    revision,
    holdChange: {
      came: isWalked ? [] : now.filter((hold) => !before.includes(hold)),
      went: before.filter((hold) => !now.includes(hold)),
    },
    left: isHeld ? runsLeft(OldImage, subject) : [],
  }
}

function runsLeft(before: Image | undefined, now: Subject): string[] {
  const state = unpackedRecord(before?.['state'])
  if (state === undefined || now.kind !== 'batch') return []
  const old: Subject = JSON.parse(state)
  return old.kind === 'batch' ? old.usedIn.filter((run) => !now.usedIn.includes(run)) : []
}

type Image = Readonly<Record<string, AttributeValue>>

function holdsIn(image: Image | undefined): string[] {
  return [...(image?.['holds']?.SS ?? [])].sort()
}
