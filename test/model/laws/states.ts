import { isDeepStrictEqual } from 'node:util'
import { fold, type Subject } from '../../../shared/domain/state/fold.ts'
import { rankOf, type Leg } from '../../../shared/domain/lineage/journey.ts'
import type { Evidence } from './evidence.ts'

/** Every state is the fold of all events, and what it says is what it would say had no mistake ever been made. */
export function stateComplaints({ subjects, hashed, standing }: Evidence): string[] {
  const folded = fold(new Map(), hashed)
  const hashes = new Map(hashed.map(({ event, hash }) => [event.id, hash]))
  const ideal = fold(
    new Map(),
    standing.map((event) => ({ event, hash: hashes.get(event.id) ?? '' })),
  )
  const complaints: string[] = []
  if (folded.size !== subjects.size) complaints.push(`${folded.size} states fold, ${subjects.size} are there`)
  for (const [id, subject] of subjects) {
    if (!isSameStored(subject, folded.get(id))) complaints.push(`${id} is not its fold`)
    const expected = ideal.get(id)
    if (!expected) {
      if (!isNothing(subject)) complaints.push(`${id} never was, but is ${JSON.stringify(subject)}`)
    } else {
      complaints.push(...differences(id, essence(subject), essence(expected)))
    }
  }
  return complaints
}

/** As they are stored: without what is undefined, in whatever order. Most often even the texts are the same. */
function isSameStored(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other
  const [text, otherText] = [JSON.stringify(one), JSON.stringify(other)]
  return text === otherText || isDeepStrictEqual(JSON.parse(text), JSON.parse(otherText))
}

function isNothing(subject: Subject): boolean {
  switch (subject.kind) {
    case 'batch': {
      const { status, massGrams, remainingGrams, remaining, origins } = subject
      const grams = massGrams + remainingGrams + remaining.origins.length + origins.length
      return status === 'void' && grams === 0 && Object.keys(remaining.claims).length === 0
    }
    case 'run':
      return subject.status === 'void' && subject.pool.massGrams === 0 && subject.chargeCount === 0
    case 'shipment':
      return subject.status === 'void'
    case 'certificate':
      return subject.withdrawnAt !== undefined
    case 'period':
    case 'erasure':
      return false
  }
}

/**
 * What a state says of the world, without how often it was changed, what was the last change, and since when it counts:
 * a correction counts when it was made.
 */
function essence(subject: Subject): Record<string, unknown> {
  const { version: _, head: __, ...rest } = subject
  if (rest.kind === 'batch') {
    const { updatedAt: ___, countsFrom: ____, ...batch } = rest
    return { ...batch, usedIn: rest.usedIn.toSorted() }
  }
  if (rest.kind === 'run') {
    const { closings: ___, chargeSequences: ____, countsFrom: _____, opensFrom: ______, ...run } = rest
    return { ...run, pool: { ...run.pool, journey: run.pool.journey.toSorted(bySite).map(figuresOf) } }
  }
  if (rest.kind === 'shipment') {
    const { countsFrom: ___, ...shipment } = rest
    return shipment
  }
  return rest
}

/** Times decide the order of a pass's sites. */
function bySite(a: Leg, b: Leg): number {
  const [keyA, keyB] = [a, b].map((leg) => `${rankOf(leg)} ${leg.step} ${leg.org} ${leg.site}`)
  return (keyA ?? '') < (keyB ?? '') ? -1 : 1
}

/** A leg without its times, which stay as wide as they were when a charge is taken back, and without zeros. */
function figuresOf(leg: Leg): unknown {
  const some = (figures: Readonly<Record<string, number>> = {}): unknown =>
    Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== 0))
  const { firstAt: _, lastAt: __, losses, activities, ...figures } = leg
  return { ...figures, losses: some(losses), activities: some(activities) }
}

function differences(id: string, is: Record<string, unknown>, ought: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(is), ...Object.keys(ought)])]
    .filter((key) => !isSameStored(is[key], ought[key]))
    .map((key) => `${key} of ${id} is ${JSON.stringify(is[key])}, not ${JSON.stringify(ought[key])}`)
}
