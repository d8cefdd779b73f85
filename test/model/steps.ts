import * as fc from 'fast-check'

/**
 * What somebody tries next, in terms that do not depend on what there is: numbers that pick from whatever fits, and
 * shares of whatever is left. So a sequence of steps stays meaningful when some of them are taken away, and shrinks.
 */
export interface Step {
  readonly deed: Deed
  /** Which of the organisations, runs, batches, shipments or events that fit. */
  readonly who: number
  readonly which: number
  /** Batches, lines or outputs, each with a share of what there is; a little above 1 asks for too much. */
  readonly parts: readonly { readonly at: number; readonly share: number }[]
  readonly amount: number
  /** Takes anything there is, fitting or not: then the core has to refuse. */
  readonly wild: boolean
}

export const DEEDS = [
  'pickup',
  'open',
  'charge',
  'close',
  'process',
  'product',
  'void',
  'reopen',
  'ship',
  'receive',
  'inspect',
  'hold',
  'release',
  'correct',
  'certify',
  'close-period',
] as const
export type Deed = (typeof DEEDS)[number]

/** How often each is tried: enough material for deep lineages, and more corrections than anybody would wish for. */
const WEIGHTS: Readonly<Record<Deed, number>> = {
  pickup: 14,
  open: 6,
  charge: 18,
  close: 12,
  process: 22,
  product: 10,
  void: 3,
  reopen: 5,
  ship: 7,
  receive: 10,
  inspect: 2,
  hold: 3,
  release: 7,
  correct: 16,
  certify: 1,
  'close-period': 3,
}

const index = fc.nat(999)
/** In thousandths: numbers with a floating point would nearly all be next to nothing. */
const share = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 1_010 }).map((thousandths) => thousandths / 1_000) },
  { weight: 3, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constant(0) },
)

/** Steps shrink only by being left out: what is left of a history that broke a law is then soon short enough to read. */
export const step: fc.Arbitrary<Step> = fc.noShrink(
  fc.record({
    deed: fc.oneof(...DEEDS.map((deed) => ({ weight: WEIGHTS[deed], arbitrary: fc.constant(deed) }))),
    who: index,
    which: index,
    parts: fc.array(fc.record({ at: index, share }), { minLength: 1, maxLength: 4 }),
    amount: share,
    wild: fc.integer({ min: 0, max: 11 }).map((roll) => roll === 11),
  }),
)

/** What a client says it last saw of what it changes (If-Match): nothing, what there was, or what there was before that. */
export type Condition = 'none' | 'fresh' | 'stale'

/** A round of the engine's world: what is sent at once. Copies with the same key are resends, others are rivals. */
export interface Sending {
  readonly step: Step
  readonly rivals: number
  readonly resends: number
  readonly condition: Condition
}

export const sending: fc.Arbitrary<Sending> = fc.record({
  step,
  rivals: fc.constantFrom(0, 0, 0, 0, 1, 2),
  resends: fc.constantFrom(0, 0, 0, 0, 1, 2),
  condition: fc.constantFrom<Condition[]>('none', 'none', 'none', 'fresh', 'fresh', 'stale'),
})
