/**
 * The functions, grouped by what they may touch, so that each has the least it needs: the public page's function
 * cannot write, the contract's function can reach nothing. The entry point of each is `functions/<name>.ts`.
 */
export interface FunctionSpec {
  readonly table: 'none' | 'read' | 'write'
  readonly photos: 'none' | 'put'
  readonly trigger: 'http' | 'stream'
  readonly does: string
}

export const FUNCTIONS = {
  pickups: { table: 'write', photos: 'none', trigger: 'http', does: 'records pickups' },
  photos: { table: 'read', photos: 'put', trigger: 'http', does: 'signs links for photo uploads' },
  processing: { table: 'write', photos: 'none', trigger: 'http', does: 'records runs and product lots' },
  custody: { table: 'write', photos: 'none', trigger: 'http', does: 'records shipments and receipts' },
  quality: {
    table: 'write',
    photos: 'none',
    trigger: 'http',
    does: 'records lab results, holds and certificates',
  },
  corrections: { table: 'write', photos: 'none', trigger: 'http', does: 'records what was wrong' },
  batches: { table: 'read', photos: 'none', trigger: 'http', does: 'reads batches, histories and lineages' },
  records: { table: 'read', photos: 'none', trigger: 'http', does: 'reads runs, shipments and certificates' },
  reports: { table: 'read', photos: 'none', trigger: 'http', does: 'balances the mass of a site' },
  periods: { table: 'write', photos: 'none', trigger: 'http', does: 'closes accounting periods' },
  scan: { table: 'read', photos: 'none', trigger: 'http', does: 'shows the public passport' },
  codes: { table: 'read', photos: 'none', trigger: 'http', does: 'draws QR codes' },
  contract: {
    table: 'none',
    photos: 'none',
    trigger: 'http',
    does: 'answers with the contract and its health',
  },
  projector: {
    table: 'write',
    photos: 'none',
    trigger: 'stream',
    does: 'turns changed batches into passports',
  },
} as const satisfies Record<string, FunctionSpec>

export type FunctionName = keyof typeof FUNCTIONS
