/**
 * The one table, as plain data: CDK deploys it and the local engine creates it, so that both run on the same keys.
 * What the keys hold is written where they are made; here is only what the database itself must know.
 *
 * Only attributes that are part of a key are declared, as DynamoDB wants it. The index of sites carries `stage` besides
 * the keys, because lists filter and show it; everything else of what is listed is read from the table.
 */
export const TABLE = {
  attributes: [
    { name: 'pk', type: 'S' },
    { name: 'sk', type: 'S' },
    { name: 'gsi1pk', type: 'S' },
    { name: 'gsi1sk', type: 'S' },
    { name: 'gsi2pk', type: 'S' },
    { name: 'gsi2sk', type: 'S' },
    { name: 'gsi3pk', type: 'S' },
    { name: 'gsi3sk', type: 'S' },
  ],
  key: { partition: 'pk', sort: 'sk' },
  indexes: [
    {
      name: 'bySite',
      key: { partition: 'gsi1pk', sort: 'gsi1sk' },
      of: 'sites',
      projection: { type: 'INCLUDE', attributes: ['stage'] },
    },
    {
      name: 'byPerson',
      key: { partition: 'gsi2pk', sort: 'gsi2sk' },
      of: 'people',
      projection: { type: 'KEYS_ONLY' },
    },
    {
      name: 'byWeigher',
      key: { partition: 'gsi3pk', sort: 'gsi3sk' },
      of: 'people',
      projection: { type: 'KEYS_ONLY' },
    },
  ],
  stream: 'NEW_AND_OLD_IMAGES',
  timeToLive: 'endsAt',
  billing: 'PAY_PER_REQUEST',
} as const satisfies TableSpec

export interface TableSpec {
  readonly attributes: readonly { readonly name: string; readonly type: 'S' | 'N' | 'B' }[]
  readonly key: KeySpec
  readonly indexes: readonly IndexSpec[]
  /** What a stream record shows: DynamoDB's StreamViewType. */
  readonly stream: 'NEW_AND_OLD_IMAGES'
  /** Seconds of the epoch, from which on an item may go by itself. The embedded engine keeps such items. */
  readonly timeToLive: string
  readonly billing: 'PAY_PER_REQUEST'
}

export interface KeySpec {
  readonly partition: string
  readonly sort: string
}

export interface IndexSpec {
  readonly name: string
  readonly key: KeySpec
  /** What is listed in it, which says who may read it. */
  readonly of: 'sites' | 'people'
  readonly projection:
    { readonly type: 'INCLUDE'; readonly attributes: readonly string[] } | { readonly type: 'KEYS_ONLY' }
}

/**
 * Which stream records are worth a call of the projector: the current state of a batch, and that of a run while anything
 * holds it; not the single events. And of an organisation what its passports show, and how far they are made anew.
 */
export const PROJECTED = {
  batchPrefix: 'B#',
  runPrefix: 'R#',
  sk: 'STATE',
  holds: 'holds',
  organisationPrefix: 'O#',
  ofOrganisations: ['ORG', 'CERT#', 'ANEW#'],
} as const

/** Which stream records are worth a call of the sequencer: events, when they are recorded. Links to them have no hash. */
export const SEQUENCED = { historyPrefix: 'H#', hash: 'hash' } as const

/**
 * What permissions are narrowed to. The public reads items of batches, and of them only these attributes: besides the
 * keys, which DynamoDB wants named too, the passport and what says that there is a batch at all.
 */
export const GRANTED = {
  /** What vouches for callers. */
  identityPrefixes: ['K#', 'D#', 'M#'],
  /** Which tokens of devices were used. */
  usedTokenPrefix: 'U#',
  /** What an erasure may touch: of events, what opens their commitments and finds them by a person, and nothing else. */
  erasure: {
    written: ['X#'],
    changed: ['B#', 'S#', 'X#', 'I#', 'F#'],
    attributes: ['pk', 'sk', 'sealed', 'requestHash', 'gsi2pk', 'gsi2sk', 'gsi3pk', 'gsi3sk', 'uses'],
    deleted: ['F#'],
    /** What an organisation calls people and their phones. */
    labelled: ['D#', 'E#', 'M#', 'N#'],
    recordAttributes: ['pk', 'sk', 'record', 'revision'],
  },
  /** Records of who was shown what is sealed. */
  accessPrefixes: ['A#'],
  /** Tallies of claims: the only items that whoever appends may update. */
  tallyPrefixes: ['T#'],
  /** Whether the organisation of a caller is suspended, and nothing else of it. */
  organisationPrefix: 'O#',
  standingAttributes: ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'suspendedAt'],
  /** What proofs are made of: the texts of events and where they are linked, and not what opens their commitments. */
  evidencePrefixes: ['B#', 'R#', 'S#'],
  evidenceAttributes: ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'event', 'hash', 'at', 'version', 'head'],
  /** Which product lot has which GTIN, and who may make lots with it. */
  gtinPrefixes: ['L#'],
  /** Where events are in the log, and what the log signed. */
  logPrefixes: ['Y#'],
  batchPrefix: PROJECTED.batchPrefix,
  publicAttributes: ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'passport', 'revision'],
} as const
