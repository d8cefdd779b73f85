import { LOSS_KINDS } from '../../shared/domain/material.ts'
import type { PassportLeg } from '../../shared/domain/passport.ts'
import { coordinate as at } from './coordinate.ts'
import { html, type Html } from './html.ts'

/**
 * One reach of the river that a journey is drawn as: as wide as the mass, narrower where mass left, with what left and
 * what joined as tongues in their own colours. Reaches of one page share a scale, so they fit one below the other.
 * The picture stretches to its stage's height; every figure in it is also in words beside it.
 */
export function reach(leg: PassportLeg, widest: number, title: string): Html {
  const x = (grams: number): number => (grams / widest) * BED
  const input = x(leg.inputGrams)
  const traced = x(leg.inputGrams - leg.addedGrams)
  let from = leg.outputGrams
  const leaving = [
    ...LOSS_KINDS.map((kind) => [kind, leg.losses[kind] ?? 0] as const),
    ['unaccounted', leg.unaccountedGrams] as const,
  ].map(([kind, grams]) => {
    const left = x(from)
    from += grams
    return grams > 0 ? html`<path class="${kind}" d="${tongueOut(left, x(from))}" />` : undefined
  })
  return html`<svg
    class="reach"
    viewBox="0 0 100 100"
    preserveAspectRatio="none"
    role="img"
    aria-label="${title}"
  >
    <path class="body" d="M0 0H${at(traced)}V40H${at(leg.addedGrams > 0 ? input : traced)}V46H${at(x(leg.outputGrams))}V100H0z" />
    ${leg.addedGrams > 0 ? html`<path class="added" d="${tongueIn(traced, input)}" />` : undefined}${leaving}
  </svg>`
}

/** Where nothing leaves or joins: the river goes on as wide as it came. It says nothing that is not beside it in words. */
export function channel(grams: number, widest: number): Html {
  return html`<svg class="reach" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><path class="body" d="M0 0H${at((grams / widest) * BED)}V100H0z" /></svg>`
}

/** The widest reach leaves room at the right for what drifts off. */
const BED = 88

function tongueOut(left: number, right: number): string {
  const [start, end] = [at(left), at(right)]
  return `M${start} 46H${end}C${end} 62 ${at(right + 8)} 64 ${at(right + 9)} 84C${at(right + 3)} 72 ${start} 70 ${start} 46z`
}

function tongueIn(left: number, right: number): string {
  const [start, end] = [at(left), at(right)]
  return `M${start} 40H${end}C${end} 26 ${at(right + 6)} 22 ${at(right + 9)} 6C${at(right + 2)} 14 ${start} 22 ${start} 40z`
}
