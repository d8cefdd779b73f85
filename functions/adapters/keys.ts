/**
 * Every key of the one table. Nothing else builds a key.
 *
 * | what                       | pk               | sk           | gsi1pk           | gsi1sk             |
 * | -------------------------- | ---------------- | ------------ | ---------------- | ------------------ |
 * | batch, folded              | `B#<batch>`      | `STATE`      | `S#<org>#<site>` | `<recordedAt>#<id>`|
 * | run, folded                | `R#<run>`        | `STATE`      |                  |                    |
 * | event, or a link to one    | `B#…` or `R#…`   | `H#000001`   |                  |                    |
 * | passport                   | `B#<batch>`      | `PASSPORT`   |                  |                    |
 * | organisation and its sites | `O#<org>`        | `ORG`        |                  |                    |
 * | API key                    | `K#<sha256>`     | `KEY`        |                  |                    |
 *
 * Access patterns, and what each costs (WRU per KB written, ×2 in a transaction; RRU per 4 KB, half if eventual):
 *
 * | pattern                       | how                                                        | cost                  |
 * | ----------------------------- | ---------------------------------------------------------- | --------------------- |
 * | record a pickup               | one transaction: event + state                             | 2 items, 4–8 WRU, +1 in the index |
 * | one-shot run, n in, m out     | one transaction: 3 events + run + n × (state + link) + m × (state + link) | 4 + 2n + 2m items |
 * | product lot                   | the same, + 1 event and 1 link                             | 6 + 2n + 2 items      |
 * | resend of either              | the first event's own put fails and returns what is there  | as the write, no read |
 * | scan                          | GetItem passport, eventual                                 | ≤ 1 RRU               |
 * | read a batch                  | GetItem state, strong                                      | 1 RRU                 |
 * | history of a batch            | Query `H#`, then BatchGet of the linked events             | 1 RRU per 4 KB        |
 * | batches of a site, newest first | Query the index, then BatchGet of the states             | 0.5 + n RRU           |
 * | backward trace of n batches   | per level two BatchGets: states, runs                      | ≈ 2n RRU              |
 * | authenticate a key            | GetItem, kept for 15 s                                     | 1 RRU                 |
 *
 * No partition is shared by all writers. A batch's items share one, which takes 1,000 WRU a second.
 */
export interface Key {
  readonly pk: string
  readonly sk: string
}

const HISTORY = 'H#'
const SEQUENCE_DIGITS = 6

const subjectPk = (id: string): string => `${id.startsWith('R') ? 'R' : 'B'}#${id}`

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
export const organisationKey = (org: string): Key => ({ pk: `O#${org}`, sk: 'ORG' })
export const credentialKey = (keyHash: string): Key => ({ pk: `K#${keyHash}`, sk: 'KEY' })

export const SITE_INDEX = 'bySite'
export const siteIndexPk = (org: string, site: string): string => `S#${org}#${site}`
export const siteIndexSk = (recordedAt: string, batch: string): string => `${recordedAt}#${batch}`

/** What {@link siteIndexSk} writes. */
export const SITE_INDEX_SK: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#B[0-9A-Z]{12}$/

/** The id behind an index sort key. */
export const batchOfSiteIndexSk = (sk: string): string => sk.slice(sk.lastIndexOf('#') + 1)
