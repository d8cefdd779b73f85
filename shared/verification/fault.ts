/**
 * What can be wrong with a bundle. The first fault that is found is told, by a code and where it lies; words for people are
 * the page's and the command line's own.
 */
export const FAULT_CODES = [
  // The bundle as a file.
  /** A line is none that a bundle may have. */
  'malformed-line',
  /** An event is not written canonically, or is not of the shape that its type has. */
  'malformed-event',
  /** It does not begin with a header. */
  'no-header',
  /** It has no end, or fewer events than its end says. */
  'truncated',
  /** It is about another batch than was asked for. */
  'other-batch',
  /** It is a sample where all was asked for, or another sample than was asked for. */
  'other-sample',

  // The log.
  /** The proof cannot be read. */
  'malformed-proof',
  /** No key that the reader trusts has signed the checkpoint: another key, another log, or changed afterwards. */
  'untrusted-checkpoint',
  /** The log that signed the checkpoint does not have the batch's last event: what it commits to is not what is given here. */
  'not-in-log',

  // The history as links of hashes.
  /** An event that the history names is not in the bundle. */
  'missing-event',
  /** The same, where one stands that was changed after it was recorded, or, of a batch, after which one was taken out. */
  'changed-event',
  /** An event names another as the one before it that it cannot follow. */
  'wrong-link',
  /** Two events follow the same one in the history of one batch or run: it was told in two ways. */
  'forked-history',
  /** An event says that it has another place in its history than it has. */
  'wrong-sequence',

  // What the events say, held to the rules.
  'time-order',
  /** A run is charged or closed that is not open. */
  'not-open',
  /** A batch is used that is held, in transit, or was declared a mistake. */
  'not-usable',
  /** Somebody acts on what they do not hold. */
  'wrong-custody',
  'wrong-stage',
  /** More is taken out of a batch than is in it. */
  'overdrawn',
  /** Shares of origin are not what the domain's apportionment gives for the mass. */
  'shares-do-not-follow',
  /** More is claimed as certified than there is to claim, or by a stricter model than the mixture allows. */
  'claims-do-not-follow',
  /** Other figures of an event, such as its journey, are not what follows from the events before it. */
  'figures-do-not-follow',
  /** A run's input is not its outputs, losses and what is unaccounted together, or a product lot weighs not what its units do. */
  'mass-not-balanced',
  /** A correction takes back something else than the mistaken event did, or what others rest on. */
  'wrong-correction',
  /** A batch that is left out of the sample cannot begin with a pickup. */
  'not-a-pickup',
  /** An event cannot follow those before it for a reason that has no code of its own; `why` has it. */
  'impossible-event',

  // What devices signed.
  'wrong-signature',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

export interface BundleFault {
  readonly code: FaultCode
  /** Line of the bundle, from 1. */
  readonly line?: number
  /** Id of the event. */
  readonly event?: string
  /** Batch or run in whose history it lies. */
  readonly subject?: string
  readonly hash?: string
  /** What the event says, and what follows from those before it. */
  readonly stated?: unknown
  readonly due?: unknown
  /** A technical sentence in English, where one is known. */
  readonly why?: string
}

/** What an event does wrong; where it stands is added by who judges it. */
export type Broken = Omit<BundleFault, 'event' | 'line'>
