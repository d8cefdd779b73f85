import { isDeepStrictEqual } from 'node:util'
import { stateItem, type Item } from '../../../functions/adapters/items.ts'
import { subjectsOf } from '../../../shared/domain/events/event.ts'
import { makePassport } from '../../../shared/domain/passport/make-passport.ts'
import { eventHash } from '../../../shared/ledger/hash.ts'
import { passportIn } from '../../table.ts'
import { batchesOf } from '../known.ts'
import { ORGANISATIONS } from '../organisations.ts'
import type { Table } from '../table.ts'
import { photoComplaints } from './photos.ts'
import { ofType } from './standing.ts'
import { tallyComplaints } from './tallies.ts'

/** What stands in the table beside states: histories, attributes that repeat the state, and passports. */
export async function storedComplaints(table: Table): Promise<string[]> {
  return [
    ...(await historyComplaints(table)),
    ...attributeComplaints(table),
    ...passportComplaints(table),
    ...photoComplaints(table),
    ...tallyComplaints(table),
  ]
}

/** Events are hashed once: what is stored under a hash that was checked cannot change without the hash being wrong. */
const checked = new Set<string>()

/** Every event is stored under its hash, and names the one before it in the history of all that it touches. */
async function historyComplaints({ hashed, items, loaded }: Table): Promise<string[]> {
  const complaints: string[] = []
  const heads = new Map<string, string>()
  const lengths = new Map<string, number>()
  for (const { event, hash } of hashed) {
    if (!checked.has(hash) && (await eventHash(event)) !== hash)
      complaints.push(`${event.id} has a wrong hash`)
    checked.add(hash)
    for (const subject of subjectsOf(event)) {
      const named = event.previous.find((link) => link.subject === subject)?.hash
      if (named !== heads.get(subject))
        complaints.push(`${event.id} does not follow the last event of ${subject}`)
      heads.set(subject, hash)
      lengths.set(subject, (lengths.get(subject) ?? 0) + 1)
    }
  }
  const ofSubject = Map.groupBy(items, (item) => item['pk']?.S)
  for (const [id, { subject }] of loaded) {
    const entries = (ofSubject.get(`${id.charAt(0)}#${id}`) ?? []).filter(isEntry)
    const sequences = entries.map((item) => Number(item['sk']?.S?.slice(2))).toSorted((a, b) => a - b)
    const isGapless = sequences.every((sequence, index) => sequence === index + 1)
    if (!isGapless || entries.length !== subject.version || lengths.get(id) !== subject.version) {
      complaints.push(`the history of ${id}, version ${subject.version}, has the entries ${sequences.join()}`)
    }
    if (heads.get(id) !== subject.head) complaints.push(`${id} does not name the last event of its history`)
  }
  return complaints
}

const isEntry = (item: Item): boolean => item['sk']?.S?.startsWith('H#') ?? false

function attributeComplaints({ items, loaded }: Table): string[] {
  const states = new Map(items.flatMap((item) => (item['sk']?.S === 'STATE' ? [[item['pk']?.S, item]] : [])))
  return [...loaded].flatMap(([id, { subject, holds, revision }]) => {
    const item = states.get(`${id.charAt(0)}#${id}`)
    const expected = stateItem({ subject, holds, revision })
    return isDeepStrictEqual(attributesOf(item), attributesOf(expected))
      ? []
      : [`the item of ${id} does not repeat its state`]
  })
}

/** All but the state itself, which is checked by what it says, and a note of who carries a hold on (adapters/holds.ts). */
function attributesOf(item: Item | undefined): unknown {
  const { state: _, holds: __, walked: ___, ...attributes } = item ?? {}
  return { ...attributes, holds: sorted(item) }
}

const sorted = (item: Item | undefined): string => (item?.['holds']?.SS ?? []).toSorted().join()

/** Every batch has the passport that would be made of it now. */
function passportComplaints(table: Table): string[] {
  const holds = new Map(ofType(table.events, 'BatchHeld').map((event) => [event.id, event]))
  const stored = new Map(
    table.items
      .filter(({ sk }) => sk?.S === 'PASSPORT')
      .map(passportIn)
      .map((passport) => [passport.id, passport]),
  )
  const certificates = [...table.loaded.values()].flatMap(({ subject }) =>
    subject.kind === 'certificate' ? [subject] : [],
  )
  return batchesOf(table).flatMap((batch) => {
    const known = table.loaded.get(batch.id)
    const facts = (known?.holds ?? []).flatMap((id) => {
      const held = holds.get(id)
      return held ? [{ batch: held.data.batch, reason: held.data.reason, since: held.occurredAt }] : []
    })
    const sources = {
      organisations: ORGANISATIONS,
      holds: facts,
      certificates,
      revision: known?.revision ?? 0,
    }
    const made: unknown = JSON.parse(JSON.stringify(makePassport(batch, sources)))
    const is = stored.get(batch.id)
    return isDeepStrictEqual(comparable(is), comparable(made))
      ? []
      : [`the passport of ${batch.id} is not of its state`]
  })
}

/**
 * Holds that were placed at the same instant have no order. That a certificate was withdrawn meanwhile is told by the
 * passports that are made after that: what was claimed before it stands.
 */
function comparable(passport: unknown): unknown {
  const plain: { holds?: unknown[]; certificates?: object[] } = JSON.parse(JSON.stringify(passport ?? {}))
  return {
    ...plain,
    holds: (plain.holds ?? []).map((hold) => JSON.stringify(hold)).toSorted(),
    certificates: (plain.certificates ?? []).map((one) => ({ ...one, withdrawnAt: undefined })),
  }
}
