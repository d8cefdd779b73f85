/** What the material is. Lists are data: a new form or polymer is one entry here and its names in the catalogues. */

/** Forms as collectors find them at sea and on the beach. */
export const COLLECTED_FORMS = ['bottle', 'net', 'rope', 'foam', 'float', 'crate', 'film', 'other'] as const

/** Forms that a run can produce, besides leaving material as it was collected. */
export const PROCESSED_FORMS = ['mixed', 'flake', 'pellet', 'product'] as const

export const FORMS = [...COLLECTED_FORMS, ...PROCESSED_FORMS] as const
export type MaterialForm = (typeof FORMS)[number]

export const POLYMERS = [
  'PET',
  'HDPE',
  'LDPE',
  'PP',
  'PE',
  'PA6',
  'EPS',
  'PS',
  'ABS',
  'mixed',
  'unknown',
] as const
export type Polymer = (typeof POLYMERS)[number]

/** Names for what may be one plastic: a station says PE where a plant measures HDPE, and foamed PS is melted to PS. */
const KIN: readonly (readonly [Polymer, Polymer])[] = [
  ['PE', 'HDPE'],
  ['PE', 'LDPE'],
  ['EPS', 'PS'],
]

export const kinOf = (polymer: Polymer): Polymer[] =>
  KIN.flatMap(([a, b]) => (a === polymer ? [b] : b === polymer ? [a] : []))

/** Why mass left a run. `moisture` is water that dried off, the rest is material. */
export const RUN_LOSS_KINDS = ['reject', 'wash-loss', 'purge', 'moisture', 'other'] as const

/** The same, and what was missing when a shipment was weighed in. */
export const LOSS_KINDS = [...RUN_LOSS_KINDS, 'transit'] as const
export type LossKind = (typeof LOSS_KINDS)[number]

/** What may join a blend or a product without a traced origin: new polymer, or recycled material of unknown origin. */
export const ADDED_KINDS = ['virgin', 'other'] as const
export type AddedKind = (typeof ADDED_KINDS)[number]
