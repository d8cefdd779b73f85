import { LOSS_KINDS } from '../../shared/domain/material/material.ts'
import type { PassportLeg } from '../../shared/domain/passport/passport.ts'
import { coordinate as at } from './coordinate.ts'
import { html, type Html } from './html.ts'

/**
 * One reach of the river that a journey is drawn as: as wide as the mass, narrower where mass left, with what left and
 * what joined as tongues in their own colours. Reaches of one page share a scale, so they fit one below the other.
 * The picture stretches to its stage's height; every figure in it is also in words beside it. What was not collected
 * keeps its own colour to the end, once joined: `otherShare` is what was in it before this stage. Losses take from both
 * alike, as the shares of the whole do.
 */
export function reach(leg: PassportLeg, widest: number, title: string, otherShare: number): Html {
  const x = (grams: number): number => (grams / widest) * BED
  const input = x(leg.inputGrams)
  const traced = x(leg.inputGrams - leg.addedGrams)
  const output = x(leg.outputGrams)
  const seaIn = traced * (1 - otherShare)
  const seaOut = output * (1 - otherShareAfter(leg, otherShare))
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
    <path class="body" d="M0 0H${at(seaIn)}V46H${at(seaOut)}V100H0z" />
    ${
      seaOut < output || seaIn < input
        ? html`<path
            class="added"
            d="M${at(seaIn)} ${otherShare > 0 ? '0' : '40'}H${at(traced)}V40H${at(input)}V46H${at(output)}V100H${at(seaOut)}V46H${at(seaIn)}z"
          />`
        : undefined
    }
    ${leg.addedGrams > 0 ? html`<path class="added" d="${tongueIn(traced, input)}" />` : undefined}${leaving}
  </svg>`
}

/** How much of what leaves a stage was not collected, if so much of what came in was not. */
export function otherShareAfter({ inputGrams, addedGrams }: PassportLeg, before: number): number {
  return inputGrams === 0 ? before : (addedGrams + (inputGrams - addedGrams) * before) / inputGrams
}

/** Where nothing leaves or joins: the river goes on as it came. It says nothing that is not beside it in words. */
export function channel(grams: number, widest: number, otherShare: number): Html {
  const width = (grams / widest) * BED
  const sea = width * (1 - otherShare)
  const other = html`<path class="added" d="M${at(sea)} 0H${at(width)}V100H${at(sea)}z" />`
  return html`<svg class="reach" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><path class="body" d="M0 0H${at(sea)}V100H0z" />${otherShare > 0 ? other : undefined}</svg>`
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
