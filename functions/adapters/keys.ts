import type { IdentityKind } from '../../shared/domain/identity/identity.ts'

/**
 * Every key of the one table. Nothing else builds a key.
 *
 * | what                          | pk                   | sk                        | gsi1pk           | gsi1sk                         |
 * | ----------------------------- | -------------------- | ------------------------- | ---------------- | ------------------------------ |
 * | batch, folded                 | `B#<batch>`          | `STATE`                   | `S#<org>#<site>` | `<recordedAt>#<id>`            |
 * | run, shipment …, folded       | `R#…` `S#…` `C#…` `P#…` `X#…` | `STATE`          |                  |                                |
 * | event                         | `<letter>#<home>`    | `H#000001`                | `J#<org>#<site>` | `<occurredAt>#<event>#<home>`  |
 * | link to an event              | `<letter>#<subject>` | `H#000001`                | as above, where the subject lay at another site | |
 * | passport                      | `B#<batch>`          | `PASSPORT`                |                  |                                |
 * | answer to a command on what was there already | `I#<sha256>` | `ONCE`            |                  |                                |
 * | claims under a certificate    | `T#<certificate>#<n>` | `TALLY`                  |                  |                                |
 * | uses of a photo               | `F#<sha256>`         | `PHOTO`                   |                  |                                |
 * | organisation and its sites    | `O#<org>`            | `ORG`                     |                  |                                |
 * | its certificates              | `O#<org>`            | `CERT#<certificate>`      |                  |                                |
 * | its closed periods            | `O#<org>`            | `CLOSE#<site>#<to>#<id>`  |                  |                                |
 * | beginning of a closed period  | `O#<org>`            | `FROM#<site>#<from>`, of the first `FROM#<site>#FIRST` | |                     |
 * | its runs, shipments out and in | `O#<org>`           | `RUN#` `OUT#` `IN#<recordedAt>#<id>` |       |                                |
 * | secret that its people's names are hashed with | `O#<org>` | `PEOPLE`             |                  |                                |
 * | API key                       | `K#<sha256 of it>`   | `KEY`                     |                  |                                |
 * | its organisation's list of them | `O#<org>`          | `KEY#<key>`               |                  |                                |
 * | the host's list of organisations | `O#<host>`        | `HOSTED#<org>`            |                  |                                |
 * | grant, and its lists          | `G#<grant>`, `O#<org>` | `GRANT`, `GRANT#<grant>` of the giver, `RECEIVED#<grant>` | |                |
 * | member, invitation            | `M#<sha256 of issuer and subject>`, `N#<sha256 of its code>` | `MEMBER`, `INVITATION` | | |
 * | member that was removed and has joined again | `M#<member>` | `MEMBER`            |                  |                                |
 * | its organisation's lists of them | `O#<org>`         | `MEMBER#<member>`, `INVITATION#<invitation>` | |                            |
 * | counts the operators taken away | `O#<org>`          | `OPERATORS`               |                  |                                |
 * | enrolment code, device        | `E#<sha256 of it>`, `D#<device>` | `ENROLMENT`, `DEVICE` |          |                                |
 * | its organisation's lists of them | `O#<org>`         | `ENROL#<enrolment>`, `DEVICE#<device>` |     |                                |
 * | its codes by when they were made | `O#<org>`         | `CODE#<madeAt>#<enrolment>` |                |                                |
 * | token of a device that was used, until it is over | `U#<device>` | `<jti>`     |                  |                                |
 * | who was shown what is sealed  | `A#<org>`            | `<at>#<uuid>`             |                  |                                |
 * | what is made anew for a change of it | `O#<org>`    | `ANEW#<why>`              |                  |                                |
 * | product lot by its GTIN       | `L#<GTIN, 14 digits>` | `LOT#<lot>`              |                  |                                |
 * | who may make lots with it     | `L#<GTIN, 14 digits>` | `MAKERS`, after all lots |                  |                                |
 * | the host's list of GTINs that it decided on | `O#<host>` | `GTIN#<decidedAt>#<GTIN>` |              |                                |
 * | the log: where it stands, what it signed last | `Y#LOG` | `HEAD`, `CHECKPOINT`   |                  |                                |
 * | a key that has ever signed it | `Y#LOG`              | `KEY#<id>`                |                  |                                |
 * | place of an event in the log  | `Y#<hash of the event>` | `LEAF`                 |                  |                                |
 *
 * An event whose sealed values name people is in two more indexes, for as long as it has those values: `byPerson`, for who
 * collected or drove, under `gsi2pk` `N#<hash of the name>`, `gsi2sk` `<recordedAt>#<event>`; and `byWeigher`, likewise
 * under `gsi3pk` and `gsi3sk`.
 *
 * Access patterns, and what each costs (WRU per KB written, ×2 in a transaction; RRU per 4 KB, half if eventual):
 *
 * | pattern                       | how                                                        | cost                  |
 * | ----------------------------- | ---------------------------------------------------------- | --------------------- |
 * | record a pickup               | one transaction: event + state, + 1 for each file of a photo (itself, its thumbnail), after one BatchGet of them all | 2 items, 8–10 WRU, of which 2 in the index; 1 WRU for who collected and 1 for who weighed; each file 2 WRU, 1 RRU, and 1 RRU for each of its ≤ 20 known uses |
 * | claim under a certificate     | one update more for each that it rests on, in the same transaction | 2 WRU each |
 * | open a run                    | one transaction: event + state + entry in the list         | 3 items               |
 * | charge n batches              | one transaction: answer + event + run + n × (state + link) | 3 + 2n items, n ≤ 40; 4–6 WRU and 1 RRU a pickup |
 * | close with m outputs          | one transaction: answer + event + run + m × (state + link) | 3 + 2m items, m ≤ 5   |
 * | one-shot run, n in, m out     | all three in one transaction                               | 5 + 2n + 2m items     |
 * | ship, receive n batches       | one transaction: event, shipment, lists or answer, n × (state + link) | 4 + 2n, 3 + 2n items |
 * | resend of any of these        | the first put fails and returns what is there              | as the write, no read |
 * | correct an event              | histories of all that it touches, then one transaction     | 1 RRU per 4 KB, 3 + 2n items |
 * | say a pickup anew             | as above, with its photos noted anew                       | + 1 RRU per 4 KB of its event, for what is sealed; photos as for a pickup |
 * | withdraw a certificate        | 16 updates of its tallies, the journals of its sites since the beginning of that week, then one transaction | 20 items; as the mass balance |
 * | hold or release               | one transaction: answer + event + state; then one update per run and batch made of it, and a passport per batch | 3 items; 1 WRU per KB of each downstream, ≈ 2 a write |
 * | make passports anew, n batches of a site | per page of its journal one Query of the index and two BatchGets, then one update for each batch, and its passport; then one update more | 0.5 RRU per 4 KB of keys, 1 RRU per 4 KB of each state; as a mark of a hold |
 * | scan                          | GetItem passport, eventual                                 | 0.5 RRU               |
 * | make a product lot with a GTIN | GetItem of the lot by its GTIN, and of who may make lots with it; then as a one-shot run, the lot more in the transaction, and who may: put by the first, else a condition on it | 2 RRU; 4 WRU more |
 * | say who may make lots with a GTIN | GetItem of who may, then one transaction: answer + that item, at first + entry in the host's list | 1 RRU; 2 items, 3 at first |
 * | list GTINs that the host decided on | Query of a page of the list, then BatchGet of who may | 1 RRU per 4 KB + 1 a GTIN |
 * | scan of a GS1 Digital Link    | GetItem of the lot by its GTIN, eventual, which says where to go on; where it is not there, as below | 0.5 RRU |
 * | lots of a GTIN                | Query of the last 20, eventual, with who may make them; on, while some are not offered; for a linkset besides the GetItem | 0.5 RRU per 4 KB, some 20 lots |
 * | read a batch or run           | GetItem state, strong                                      | 1 RRU                 |
 * | history of a batch            | Query `H#`, then BatchGet of the linked events             | 1 RRU per 4 KB        |
 * | batches of a site, newest first | Query the index, then BatchGet of the states             | 0.5 + n RRU           |
 * | trace backward, n batches     | per page three BatchGets of up to 100 each: states, runs, charges | 0.5 RRU for each batch, run and charge, ≈ 0.7n, and for each load on its way |
 * | trace forward, n batches      | per page two: states, runs                                 | 0.5 RRU for each batch and run, ≈ n, and for each load on its way |
 * | prove a story, a page of ≤ 600 events and 700 KB | on the first: GetItem state, place in the log, checkpoint, 2–3 tiles. Then per run Queries of its history, per event of one BatchGet of how the ≤ 40 batches begin and how long their histories are, a Query for each but pickups used once, BatchGets of the events they share | 2 RRU; ≈ 1.9 RRU an event, ≤ 520 a page (10,000 pickups: 31,000 in 72 pages) |
 * | mass balance of a site        | Query the index from the beginning of the last closed period on, then BatchGet of the events | 0.5 RRU per 4 KB of keys, 0.5 per event of ≤ 4 KB |
 * | close a period                | as the mass balance, the first of all from the whole journal, then one transaction: event + state + entry in the list + beginning | 4 items |
 * | authenticate a key            | GetItem, kept for 1 s; its use is noted every five minutes | 1 RRU; 1 WRU          |
 * | make, change a key            | one transaction: record + entry in the list; the record alone | 2 items; 1         |
 * | list keys, members, devices   | Query of the list, 0.1 KB an entry, then BatchGet of a page of records | 1 RRU per 4 KB |
 * | read what is sealed           | GetItem state, Query of the history; one put that says who was shown what | 1 RRU + 1 RRU per 4 KB; 1 WRU |
 * | export what is held on somebody | per page a Query of an index, then BatchGet of the events; one put that says what was shown | 0.5 RRU + 1 RRU per 4 KB of each event; 1 WRU |
 * | erase somebody, n entries     | as an export, then transactions of up to 100 writes: event + state + n × (event's item, ≤ 12 uses of files) | ≈ 5 WRU and 2 RRU an entry |
 * | record a signed pickup        | GetItem of the device, kept for 1 s, then as a pickup; the signed text makes the event's item 0.7 KB larger, with six photos and their thumbnails 3.2 | 1 RRU; 2–4 WRU more |
 * | make a code, list codes       | one transaction: record + both entries; per page a Query of the last day's, then BatchGet of the records | 3 items; 1 RRU per 4 KB |
 * | enrol a device                | GetItem of the code, then one transaction: device + entry in the list + code | 3 items |
 * | use a token of a device       | one put, which fails where it was used; besides the device, as above | 1 WRU  |
 * | find a person's membership    | GetItem, kept for 1 s                                      | 1 RRU                 |
 * | accept an invitation          | two GetItems, then one transaction: member + entry in the list + invitation | 3 items, 5 where they rejoin |
 * | take an operator away         | Query of both lists, BatchGet of the records, one transaction: record + count | 2 items |
 * | whether a caller's organisation is suspended | GetItem of one attribute, kept for 1 s      | 1 RRU                 |
 * | make an organisation          | one transaction: answer + record + entry in the host's list + first key and its entry | 5 items |
 * | change an organisation's record | one transaction: answer + record, on condition of its revision | 2 items         |
 * | give, revoke a grant          | one transaction: answer + record + two entries; answer + record | 4 items; 2      |
 * | what was granted to a reader  | Query of the list, then BatchGet of the records, kept for 1 s; only where a lineage leads to others, or an auditor asks for another's | 1 RRU per 4 KB |
 * | append n events to the log    | one transaction: head + n leaves, n ≤ 99; BatchGet of the leaves of earlier events that they name, unless just appended; then one put of the newest checkpoint | 1 + n items, ≤ 8 + 2n WRU, ≤ 1 RRU for each earlier event; 2 WRU |
 * | newest checkpoint             | GetItem, eventual                                          | 0.5 RRU               |
 * | place of an event in the log  | GetItem, eventual                                          | 0.5 RRU               |
 * | certificates and closes       | Query of the organisation's partition, kept for 15 s       | 1 RRU per 4 KB        |
 *
 * Long texts are packed (packed.ts): a state of a pickup then fits in 1 KB, one of two thousand origins in some 11 KB.
 * No partition is shared by all writers but the log's, which the sequencer alone writes, once for up to 99 events. A batch's items share one, which takes 1,000 WRU a second; an organisation's
 * lists share one too, and grow by one small item for each run and shipment, not for each pickup.
 */
export interface Key {
  readonly pk: string
  readonly sk: string
}

/** What sort keys of histories begin with. */
export const HISTORY = 'H#'
const SEQUENCE_DIGITS = 6

const subjectPk = (id: string): string => `${id.charAt(0)}#${id}`

/** Reads back what a subject's partition is named. */
export const subjectOfPk = (pk: string): string => pk.slice(pk.indexOf('#') + 1)

export const stateKey = (subject: string): Key => ({ pk: subjectPk(subject), sk: 'STATE' })

/** The nth entry in a subject's history: the event itself in its home, a link to it elsewhere. */
export const historyKey = (subject: string, sequence: number): Key => ({
  pk: subjectPk(subject),
  sk: HISTORY + String(sequence).padStart(SEQUENCE_DIGITS, '0'),
})

/** Reads back what {@link historyKey} wrote. */
export const sequenceOf = (sk: string): number => Number(sk.slice(HISTORY.length))

/** Where an event is stored, from its id `<home>-<sequence>`. */
export function eventKey(eventId: string): Key {
  const dash = eventId.lastIndexOf('-')
  return historyKey(eventId.slice(0, dash), Number(eventId.slice(dash + 1)))
}

export const passportKey = (batch: string): Key => ({ pk: subjectPk(batch), sk: 'PASSPORT' })
/** The answer to a command that changed something that was there already; see functions/commands/command.ts. */
export const onceKey = (commandHash: string): Key => ({ pk: `I#${commandHash}`, sk: 'ONCE' })
export const photoUseKey = (sha256: string): Key => ({ pk: `F#${sha256}`, sk: 'PHOTO' })

/** A product lot by its GTIN and lot number; all lots of a GTIN share a partition. */
export const gtinLotPk = (gtin: string): string => `L#${gtin}`
export const GTIN_LOTS = 'LOT#'
export const gtinLotKey = (gtin: string, lot: string): Key => ({ pk: gtinLotPk(gtin), sk: GTIN_LOTS + lot })
/** Who may make lots with a GTIN. It sorts after them, so that one Query from the last on gives it with the lots. */
export const gtinHoldingKey = (gtin: string): Key => ({ pk: gtinLotPk(gtin), sk: 'MAKERS' })

/** One of the tallies of the claims under a certificate; see functions/adapters/tallies.ts. */
export const tallyKey = (certificate: string, shard: number): Key => ({
  pk: `T#${certificate}#${shard}`,
  sk: 'TALLY',
})

const organisationPk = (org: string): string => `O#${org}`
export const organisationKey = (org: string): Key => ({ pk: organisationPk(org), sk: 'ORG' })

/** Where the host finds an organisation that it made. */
export const HOSTED = 'HOSTED#'
export const hostedKey = (host: string, org: string): Key => ({
  pk: organisationPk(host),
  sk: HOSTED + org,
})

/** What an organisation has lists of, each in its own partition and sorted by its sort key. */
export const LISTS = {
  certificates: 'CERT#',
  closes: 'CLOSE#',
  runs: 'RUN#',
  outgoing: 'OUT#',
  incoming: 'IN#',
  gtins: 'GTIN#',
} as const
export type ListName = keyof typeof LISTS

/** Entry of a list; `position` sorts it, `id` is what it is an entry for. */
export const listKey = (org: string, list: ListName, position: string, id: string): Key => ({
  pk: organisationPk(org),
  sk: `${LISTS[list]}${position === '' ? '' : `${position}#`}${id}`,
})
/** That passports are being made anew for a change of the organisation; see functions/adapters/anew.ts. */
export const ANEW = 'ANEW#'
export const anewKey = (org: string, why: string): Key => ({ pk: organisationPk(org), sk: ANEW + why })

/**
 * Is there once the period that follows on a close was closed, or the first of all: two closes cannot both follow on the
 * same. The first has no time in its key, because two that look for the first entry at once may find different ones.
 */
export const periodStartKey = (org: string, site: string, closedUntil: string | undefined): Key => ({
  pk: organisationPk(org),
  sk: `FROM#${site}#${closedUntil ?? 'FIRST'}`,
})
export const idOfListSk = (sk: string): string => sk.slice(sk.lastIndexOf('#') + 1)
/** What {@link listKey} writes of a GTIN that the host decided on. */
export const GTIN_LIST_SK: RegExp = /^GTIN#\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#\d{14}$/
export const RUN_LIST_SK: RegExp = /^(RUN|OUT|IN)#\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[RS][0-9A-Z]{12}$/

/**
 * Records of who may do what. Each lies under what only its holder can name, a hash of a secret, and in its
 * organisation's partition is an entry that leads to it.
 */
export const IDENTITIES = {
  key: { pk: 'K#', sk: 'KEY', list: 'KEY#' },
  enrolment: { pk: 'E#', sk: 'ENROLMENT', list: 'ENROL#' },
  device: { pk: 'D#', sk: 'DEVICE', list: 'DEVICE#' },
  member: { pk: 'M#', sk: 'MEMBER', list: 'MEMBER#' },
  invitation: { pk: 'N#', sk: 'INVITATION', list: 'INVITATION#' },
  grant: { pk: 'G#', sk: 'GRANT', list: 'GRANT#' },
} as const satisfies Record<IdentityKind, object>

export const identityKey = (kind: IdentityKind, ref: string): Key => ({
  pk: IDENTITIES[kind].pk + ref,
  sk: IDENTITIES[kind].sk,
})
export const identityListKey = (kind: IdentityKind, org: string, id: string): Key => ({
  pk: organisationPk(org),
  sk: IDENTITIES[kind].list + id,
})

/** An organisation's codes in the order in which they were made: those of the last day are all that can be waiting. */
export const CODES = 'CODE#'
export const codeSk = (madeAt: string, enrolment: string): string => `${CODES}${madeAt}#${enrolment}`
export const codeKey = (org: string, madeAt: string, enrolment: string): Key => ({
  pk: organisationPk(org),
  sk: codeSk(madeAt, enrolment),
})
/** What {@link codeSk} writes. */
export const CODE_SK: RegExp = /^CODE#\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#E[0-9A-Z]{12}$/

/** Is there once a token that a device has made was used. */
export const usedTokenKey = (device: string, jti: string): Key => ({ pk: `U#${device}`, sk: jti })

/** Counts how often an operator was taken away from an organisation; see operators.ts. */
export const operatorsKey = (org: string): Key => ({ pk: organisationPk(org), sk: 'OPERATORS' })

/** Where the organisation that was given a grant finds it. */
export const RECEIVED = 'RECEIVED#'
export const receivedKey = (org: string, grant: string): Key => ({
  pk: organisationPk(org),
  sk: RECEIVED + grant,
})

export const SITE_INDEX = 'bySite'
export const siteIndexPk = (org: string, site: string): string => `S#${org}#${site}`
export const siteIndexSk = (recordedAt: string, batch: string): string => `${recordedAt}#${batch}`

/** What {@link siteIndexSk} writes. */
export const SITE_INDEX_SK: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#B[0-9A-Z]{12}$/

/** The id behind an index sort key. */
export const batchOfSiteIndexSk = (sk: string): string => sk.slice(sk.lastIndexOf('#') + 1)

/** Entries by whom they are about: who collected or drove, and who weighed or, of a load, by whose vehicle it went. */
export const PERSON_INDEXES = {
  person: { name: 'byPerson', pk: 'gsi2pk', sk: 'gsi2sk' },
  weigher: { name: 'byWeigher', pk: 'gsi3pk', sk: 'gsi3sk' },
} as const
export const personPk = (person: string): string => `N#${person}`
export const personOfPk = (pk: string): string => pk.slice(pk.indexOf('#') + 1)
export const personSk = (recordedAt: string, event: string): string => `${recordedAt}#${event}`
export const eventOfPersonSk = (sk: string): string => sk.slice(sk.lastIndexOf('#') + 1)
/** What {@link personSk} writes. */
export const PERSON_SK: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Z][0-9A-Z]{12}-\d{1,6}$/
/** What the names of an organisation's people are hashed with. */
export const personSecretKey = (org: string): Key => ({ pk: organisationPk(org), sk: 'PEOPLE' })

/** That somebody was shown what is sealed. */
export const accessKey = (org: string, at: string, id: string): Key => ({ pk: `A#${org}`, sk: `${at}#${id}` })
export const ACCESS_SK: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f-]{36}$/

/** Movements at a site, by the time they happened: the journal that mass balances are made from. */
export const journalPk = (org: string, site: string): string => `J#${org}#${site}`
export const journalSk = (occurredAt: string, event: string, subject: string): string =>
  `${occurredAt}#${event}#${subject}`
export const eventOfJournalSk = (sk: string): string => sk.split('#')[1] ?? ''

const LOG = 'Y#LOG'
/** Where the log stands: the only authority on its order. */
export const LOG_HEAD: Key = { pk: LOG, sk: 'HEAD' }
/** What the log signed last. */
export const LOG_CHECKPOINT: Key = { pk: LOG, sk: 'CHECKPOINT' }
/** A key that signs the log or has ever done so, by its id. */
export const LOG_KEYS = 'KEY#'
export const logKey = (id: string): Key => ({ pk: LOG, sk: LOG_KEYS + id })
/** That an event is in the log, and where: under the event's hash, so that it can be there only once. */
export const leafKey = (hash: string): Key => ({ pk: `Y#${hash}`, sk: 'LEAF' })
