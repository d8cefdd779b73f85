/**
 * The functions, grouped by what they may touch, so that each has the least it needs: the public page's function
 * cannot write, the contract's function can reach nothing. The entry point of each is `functions/<name>.ts`.
 */
export interface FunctionSpec {
  /**
   * `identify`: who a caller is, and noting that it called and which token is used up. `public`: what anybody may see of a batch; no event, nothing
   * sealed, no key. `resolve`: which batch has which GTIN and lot number. `read`: everything. `append`: that, and putting items. `project`: what carries changes on: reads, puts and updates.
   * `evidence`: the texts of events of batches, runs and shipments, without what opens their commitments, and `log`.
   * `log`: where events are in the log and what it signed. `sequence`: that, and appending to it. `audit`: everything, by
   * going through the whole table.
   * `disclose`: everything, and noting who was shown what. `erase`: everything, and removing what opens commitments.
   */
  readonly table:
    | 'none'
    | 'identify'
    | 'public'
    | 'resolve'
    | 'read'
    | 'append'
    | 'project'
    | 'disclose'
    | 'erase'
    | 'log'
    | 'evidence'
    | 'sequence'
    | 'audit'
  /** Whether it lists what is at a site, or where people are named. */
  readonly index?: 'sites' | 'people'
  /** Which links to photos it may sign. */
  readonly photos: 'none' | 'put' | 'get' | 'delete'
  /** `schedule`: by the clock. `authorizer`: asked by API Gateway who calls, before every route that is not open to anyone. */
  readonly trigger: 'http' | 'stream' | 'authorizer' | 'schedule'
  /** What it may do to the log's files: read them, put them and sign, or read them and put again those that would end. */
  readonly log?: 'read' | 'sign' | 'keep'
  /** Where the usual is too little: CPU is given by memory, and these do more than wait for the table. */
  readonly memoryMb?: number
  /**
   * How many run at once, at most and assured: where a burst of what anybody may ask would otherwise take the whole
   * account's concurrency, or where many at once would only be in each other's way.
   */
  readonly atOnce?: number
  readonly does: string
}

/** From here on a function has a processor to itself. */
const ONE_PROCESSOR_MB = 1769

export const FUNCTIONS = {
  authorizer: { table: 'identify', photos: 'none', trigger: 'authorizer', does: 'finds out who calls' },
  identity: { table: 'append', photos: 'none', trigger: 'http', does: 'says who may do what' },
  devices: { table: 'append', photos: 'none', trigger: 'http', does: "enrols collectors' devices" },
  people: { table: 'append', photos: 'none', trigger: 'http', does: 'invites people and keeps members' },
  pickups: { table: 'append', photos: 'none', trigger: 'http', does: 'records pickups' },
  photos: { table: 'none', photos: 'put', trigger: 'http', does: 'signs links for photo uploads' },
  processing: { table: 'append', photos: 'none', trigger: 'http', does: 'records runs and product lots' },
  custody: { table: 'append', photos: 'none', trigger: 'http', does: 'records shipments and receipts' },
  quality: {
    table: 'append',
    photos: 'none',
    trigger: 'http',
    does: 'records lab results, holds and certificates',
  },
  corrections: {
    table: 'append',
    index: 'sites',
    photos: 'none',
    trigger: 'http',
    does: 'records what was wrong',
  },
  batches: {
    table: 'read',
    index: 'sites',
    photos: 'none',
    trigger: 'http',
    does: 'reads batches, histories and lineages',
  },
  records: { table: 'read', photos: 'none', trigger: 'http', does: 'reads runs, shipments and certificates' },
  reports: {
    table: 'read',
    index: 'sites',
    photos: 'none',
    trigger: 'http',
    does: 'balances the mass of a site',
  },
  periods: {
    table: 'append',
    index: 'sites',
    photos: 'none',
    trigger: 'http',
    does: 'closes accounting periods',
  },
  privacy: {
    table: 'disclose',
    index: 'people',
    photos: 'get',
    trigger: 'http',
    log: 'read',
    does: 'shows what is sealed to those who need it',
  },
  erasure: {
    table: 'erase',
    index: 'people',
    photos: 'delete',
    trigger: 'http',
    does: 'erases people from what was entered',
  },
  scan: { table: 'public', photos: 'none', trigger: 'http', does: 'shows the public passport' },
  resolver: {
    table: 'resolve',
    photos: 'none',
    trigger: 'http',
    does: 'leads from GS1 Digital Links to passports',
  },
  codes: { table: 'public', photos: 'none', trigger: 'http', does: 'draws QR codes' },
  labels: {
    table: 'public',
    photos: 'none',
    trigger: 'http',
    memoryMb: ONE_PROCESSOR_MB,
    atOnce: 20,
    does: 'prints labels',
  },
  serials: {
    table: 'read',
    photos: 'none',
    trigger: 'http',
    memoryMb: ONE_PROCESSOR_MB,
    atOnce: 10,
    does: 'draws the codes of single pieces',
  },
  proof: {
    table: 'evidence',
    photos: 'none',
    trigger: 'http',
    log: 'read',
    memoryMb: ONE_PROCESSOR_MB,
    atOnce: 50,
    does: 'proves the stories of batches',
  },
  log: { table: 'log', photos: 'none', trigger: 'http', log: 'read', does: 'shows the log of all events' },
  contract: {
    table: 'none',
    photos: 'none',
    trigger: 'http',
    does: 'answers with the contract and its health',
  },
  projector: {
    table: 'project',
    index: 'sites',
    photos: 'none',
    trigger: 'stream',
    does: 'turns changed batches into passports',
  },
  sequencer: {
    table: 'sequence',
    photos: 'none',
    trigger: 'stream',
    log: 'sign',
    // Each shard has one, and each replaces the same head: more than some would lose race after race.
    atOnce: 10,
    does: 'appends events to the log and signs it',
  },
  monitor: {
    table: 'audit',
    photos: 'none',
    trigger: 'schedule',
    log: 'keep',
    memoryMb: ONE_PROCESSOR_MB,
    atOnce: 1,
    does: 'compares the log with the events',
  },
} as const satisfies Record<string, FunctionSpec>

export type FunctionName = keyof typeof FUNCTIONS
