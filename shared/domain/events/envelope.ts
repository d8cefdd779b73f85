/**
 * Events: immutable facts in the past tense, with what, when, where, who and why. They are never edited; mistakes are
 * corrected by further events. State, passports and reports are folds of these.
 *
 * An event says in full what it did: which shares of origin were drawn, what a correction takes back. So folding one
 * needs no rounding and no look into other histories, and a reader can check each by hand.
 *
 * Nothing personal stands in an event, and no sentence that somebody typed, as it may name anybody: anyone may read events
 * in a proof. What is private is sealed: the event carries a salted commitment, the value is
 * stored beside it and can be erased without touching the history.
 */
export interface EventEnvelope<Type extends string, Data> {
  /** Version of the event's shape. */
  readonly v: 1
  readonly id: string
  readonly type: Type
  /** The batch, run, shipment, certificate, period or erasure in whose history the event is stored. */
  readonly home: string
  /** When it happened, and when we learned of it; UTC. */
  readonly occurredAt: string
  readonly recordedAt: string
  /**
   * When it counts in the books of a site, where that is not when it happened: it came after that period was closed, or
   * it builds on what counts only later.
   */
  readonly bookedAt?: string
  /** Who: the organisation, and the role of the key that was used. Never a person. */
  readonly org: string
  readonly role: string
  /** Where: a site of that organisation; empty for what is about the organisation as a whole. */
  readonly site: string
  readonly data: Data
  /** Hash of the previous event of everything that this one touches. Makes history a Merkle DAG. */
  readonly previous: readonly Link[]
}

/** The instant at which an event counts in the books. */
export const countsAt = ({
  bookedAt,
  occurredAt,
}: Pick<EventEnvelope<string, unknown>, 'bookedAt' | 'occurredAt'>): string => bookedAt ?? occurredAt

export interface Link {
  readonly subject: string
  /** Hex of SHA-256(0x00 ‖ JCS(event)), which is also the event's leaf in the log. */
  readonly hash: string
}
