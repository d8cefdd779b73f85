import { makePassport } from '../../shared/domain/passport/make-passport.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import { canonicalJson } from '../../shared/ledger/canonical.ts'

/** What of a public page follows from the events alone: no names, holds from upstream, or certificates. */
const FROM_EVENTS = [
  'id',
  'stage',
  'status',
  'form',
  'polymer',
  'massGrams',
  'lostGrams',
  'product',
  'origins',
  'otherOrigins',
  'otherMaterialGrams',
  'virginGrams',
  'certified',
  'checked',
  'inspections',
  'carbon',
] as const

export type Page = 'agrees' | 'newer' | readonly string[]

/** Compares the figures of a page with those that were worked out; the names of those that differ. */
export function compareWithPage(batch: Batch, page: unknown): Page {
  const said = new Map<string, unknown>(Object.entries(page ?? {}))
  if (said.get('head') !== batch.head) return Number(said.get('version')) > batch.version ? 'newer' : ['head']
  const worked = makePassport(batch, { organisations: [], holds: [], certificates: [], revision: 0 })
  const differing = FROM_EVENTS.filter((name) => !same(said.get(name), worked[name]))
  return differing.length === 0 ? 'agrees' : differing
}

const same = (a: unknown, b: unknown): boolean => canonicalJson([a ?? null]) === canonicalJson([b ?? null])
