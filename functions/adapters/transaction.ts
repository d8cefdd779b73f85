import type { TransactWriteItem } from '@aws-sdk/client-dynamodb'
import { subjectsOf, type DomainEvent } from '../../shared/domain/events/event.ts'
import { takenBy, type GtinHolding } from '../../shared/domain/gs1/holding.ts'
import { gtinLotOf } from '../../shared/domain/gs1/lot.ts'
import type { Subject, Subjects } from '../../shared/domain/state/fold.ts'
import type { LinkedEvent } from '../../shared/ledger/link.ts'
import { tableName } from './client.ts'
import { gtinHoldingItem, stillMakes } from './gtin-holdings.ts'
import { gtinLotItem } from './gtin-lots.ts'
import {
  eventItem,
  keyOf,
  linkItem,
  listItems,
  number,
  onceItem,
  stateItem,
  text,
  type Beside,
  type Item,
  type Loaded,
} from './items.ts'
import type { Key } from './keys.ts'
import type { LoadedWorld } from './ledger.ts'
import { claimItems, withdrawalItems, type Tally } from './tallies.ts'

/** What one command appends, as the items of one transaction. */
export interface Append {
  readonly events: readonly LinkedEvent[]
  readonly before: LoadedWorld
  readonly after: Subjects
  /** How a resend is recognised. */
  readonly once: Once
  readonly beside: Beside
  /** Items beside the events, such as the uses of photos. */
  readonly claims?: readonly Claim[]
  /** Holds that change by this command otherwise than by the rules of {@link holdsAfter}. */
  readonly holds?: ReadonlyMap<string, readonly string[]>
  /** Of a certificate that is withdrawn, as they were when all was seen that they had counted. */
  readonly tallies?: readonly Tally[]
  /** Who may make lots with the GTIN that a batch is given, as it was read; left out where nobody had one yet. */
  readonly holding?: GtinHolding | undefined
}

/** An item that must not be there yet or, where it replaces one, must still be what was read. */
export interface Claim {
  readonly item: Item
  readonly replaces?: { readonly attribute: string; readonly value: string }
}

/** An item that must be there and have this in one of its sets, though nothing of it changes. */
export interface Standing {
  readonly key: Key
  readonly attribute: string
  readonly contains: string
}

/** A command that begins something new is recognised by its first event, any other by an item of its own. */
export type Once = { readonly home: string } | { readonly commandHash: string }

/** What recognises a resend comes first, so that its failed condition, if any, is the first cancellation reason. */
export function transactionOf(change: Append): TransactWriteItem[] {
  const { events, before, after, once, beside, claims = [], tallies = [] } = change
  const history = historyOf(change)
  const touched = new Set(events.flatMap(({ event }) => subjectsOf(event)))
  const states = [...touched].flatMap((id) => {
    const subject = after.get(id)
    return subject ? stateOf(subject, before.loaded.get(id), change) : []
  })
  const answered = 'home' in once ? [] : [putNew(onceItem(once.commandHash, beside), true)]
  const plain = events.map(({ event }) => event)
  const tallied = [...claimItems(plain, before.subjects), ...withdrawalItems(plain, tallies)]
  return [...answered, ...history, ...states, ...claims.map(putClaim), ...tallied]
}

/** Every event in its home, and a link to it in the history of whatever else it touches. */
function historyOf({ events, before, once, beside }: Append): TransactWriteItem[] {
  const versions = new Map([...before.subjects].map(([id, subject]) => [id, subject.version]))
  return events.flatMap((linked, index) =>
    subjectsOf(linked.event).map((subject) => {
      const sequence = (versions.get(subject) ?? 0) + 1
      versions.set(subject, sequence)
      if (subject !== linked.event.home) {
        return putNew(
          linkItem(subject, sequence, linked.event, whereabouts(linked.event, before.subjects.get(subject))),
          false,
        )
      }
      const isFirst = index === 0
      const carries = 'home' in once ? beside : besideLater(beside, once)
      return putNew(eventItem(sequence, linked, isFirst ? carries : {}), isFirst && 'home' in once)
    }),
  )
}

/** What an event carries whose command is answered by an item of its own. */
function besideLater(
  { openings, people }: Beside,
  { commandHash }: Extract<Once, { commandHash: string }>,
): Beside {
  const isAbout = openings !== undefined && Object.keys(openings).length > 0
  return {
    ...(openings && { openings }),
    ...(people && { people }),
    ...(isAbout && { askedIn: commandHash }),
  }
}

/**
 * What one event alone puts into the histories of all that it touches, the event itself first; as {@link transactionOf} does for
 * whole commands, but for what stands beside the event. Requires the subjects as they were before it.
 */
export function historyItems(linked: LinkedEvent, before: Subjects): Item[] {
  return subjectsOf(linked.event).map((id) => {
    const subject = before.get(id)
    return id === linked.event.home
      ? eventItem((subject?.version ?? 0) + 1, linked, {})
      : linkAfter(id, linked.event, subject)
  })
}

/** The link to an event in the history of something else that it touches, as that was before. */
export const linkAfter = (id: string, event: DomainEvent, before: Subject | undefined): Item =>
  linkItem(id, (before?.version ?? 0) + 1, event, whereabouts(event, before))

/** Where a batch lay; the sender's site where a receipt is taken back, since its books knew of the receipt. */
function whereabouts(
  event: DomainEvent,
  subject: Subject | undefined,
): { org: string; site: string } | undefined {
  if (subject?.kind !== 'batch') return undefined
  if (event.type === 'EventCorrected' && event.data.undo.of === 'BatchReceived') {
    const { from, lines } = event.data.undo
    return { org: from.org, site: lines.find(({ batch }) => batch === subject.id)?.site ?? from.site }
  }
  return { org: subject.custodian, site: subject.site }
}

/**
 * What holds a subject after a command: its own holds as its events left them, those from upstream as they were, and
 * for what a run made, those of the run. What was declared a mistake has nothing upstream any more.
 */
function holdsAfter(subject: Subject, { before, holds }: Append): readonly string[] {
  const decided = holds?.get(subject.id)
  if (decided) return decided
  const known = before.loaded.get(subject.id)
  if (subject.kind !== 'batch') return known?.holds ?? []
  const own = subject.ownHolds.map(({ event }) => event)
  if (subject.status === 'void') return own.sort()
  const owned = known?.subject.kind === 'batch' ? known.subject.ownHolds.map(({ event }) => event) : []
  const upstream = known
    ? known.holds.filter((hold) => !owned.includes(hold))
    : (before.holds.get(subject.run ?? '') ?? [])
  return [...new Set([...upstream, ...own])].sort()
}

/** An item that is new, or replaces one of this revision. */
export interface Put {
  readonly item: Item
  readonly revision?: number
}

export function putGuarded({ item, revision }: Put): TransactWriteItem {
  if (revision === undefined) return putNew(item, false)
  return {
    Put: {
      TableName: tableName(),
      Item: item,
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: { ':revision': number(revision) },
    },
  }
}

export function putNew(item: Item, returnExisting: boolean): TransactWriteItem {
  return {
    Put: {
      TableName: tableName(),
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
      ...(returnExisting && { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }),
    },
  }
}

function putClaim({ item, replaces }: Claim): TransactWriteItem {
  if (!replaces) return putNew(item, false)
  return {
    Put: {
      TableName: tableName(),
      Item: item,
      ConditionExpression: '#attribute = :value',
      ExpressionAttributeNames: { '#attribute': replaces.attribute },
      ExpressionAttributeValues: { ':value': text(replaces.value) },
    },
  }
}

function stateOf(subject: Subject, before: Loaded | undefined, change: Append): TransactWriteItem[] {
  const holds = holdsAfter(subject, change)
  const lists = listItems(subject, !before).map((Item): TransactWriteItem => ({
    Put: { TableName: tableName(), Item },
  }))
  const item = stateItem({ subject, holds, revision: (before?.revision ?? 0) + 1 })
  return [
    before ? putChanged(item, subject, before) : putNew(item, false),
    ...lists,
    ...gtinOf(subject, before, change.holding),
  ]
}

/**
 * Whoever gives a batch a GTIN takes the pair of GTIN and lot number in the same transaction: two that want the same one
 * cannot both have it. The first of a GTIN takes that for its organisation; later ones are only written while theirs may
 * make lots with it. A batch keeps its pair, so later only what the item repeats of it may change.
 */
function gtinOf(
  subject: Subject,
  before: Loaded | undefined,
  holding: GtinHolding | undefined,
): TransactWriteItem[] {
  const now = subject.kind === 'batch' ? gtinLotOf(subject) : undefined
  const was = before?.subject.kind === 'batch' ? gtinLotOf(before.subject) : undefined
  if (!now || (was && was.name === now.name && was.isVoid === now.isVoid)) return []
  const item = gtinLotItem(now)
  if (was) return [putClaim({ item, replaces: { attribute: 'batch', value: now.batch } })]
  const { gtin, madeBy } = now
  const held = holding
    ? checkStanding(stillMakes(gtin, madeBy))
    : putNew(gtinHoldingItem(takenBy(gtin, madeBy)), false)
  return [putNew(item, false), held]
}

function checkStanding({ key, attribute, contains }: Standing): TransactWriteItem {
  return {
    ConditionCheck: {
      TableName: tableName(),
      Key: keyOf(key),
      ConditionExpression: 'contains(#attribute, :value)',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': text(contains) },
    },
  }
}

/**
 * A state is replaced only if it is still the one that was loaded: then nothing about it has changed, not even what
 * holds it, and the new event's link names its true predecessor. For a batch the table itself also checks that it still
 * has what is drawn and that its custodian is who we think, so a mistake in our own arithmetic cannot create mass.
 */
function putChanged(item: Item, now: Subject, { subject, revision }: Loaded): TransactWriteItem {
  const unchanged = {
    TableName: tableName(),
    Item: item,
    ConditionExpression: 'head = :head AND revision = :revision',
    ExpressionAttributeValues: { ':head': text(subject.head), ':revision': number(revision) },
  }
  if (now.kind !== 'batch' || subject.kind !== 'batch') return { Put: unchanged }
  return {
    Put: {
      ...unchanged,
      ConditionExpression: `${unchanged.ConditionExpression} AND remainingGrams >= :drawn AND custodian = :custodian`,
      ExpressionAttributeValues: {
        ...unchanged.ExpressionAttributeValues,
        ':drawn': number(Math.max(0, subject.remainingGrams - now.remainingGrams)),
        ':custodian': text(subject.custodian),
      },
    },
  }
}
