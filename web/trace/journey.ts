import { LOSS_KINDS } from '../../shared/domain/material/material.ts'
import type { PassportLeg } from '../../shared/domain/passport/passport.ts'
import { decimalsFor } from './format.ts'
import { handover } from './handovers.ts'
import { html, join, type Child, type Html } from './html.ts'
import { otherShareAfter, reach } from './river.ts'
import { nameOr, type View } from './view.ts'

/** What happened to it: one stage below the other, each with when, where and what became of its mass. */
export function journey(view: View): Html {
  const { passport, words } = view
  const legs = passport.journey
  const { transfers, earlierTransfers } = passport
  const weighed = transfers.flatMap(({ sentGrams, receivedGrams }) => [sentGrams, receivedGrams])
  const widest = Math.max(
    1,
    ...legs.flatMap(({ inputGrams, outputGrams }) => [inputGrams, outputGrams]),
    ...weighed,
  )
  const decimals = decimalsFor([...legs.flatMap(massesOf), ...weighed])
  const otherShare = legs.reduce((share, leg) => otherShareAfter(leg, share), 0)
  const note = words.journey.note[passport.product ? 'product' : 'batch']
  const partial = legs.some((leg, index) => isPassedBy(leg, legs[index + 1])) ? words.journey.partial : ''
  return html`<section aria-labelledby="journey">
    <h2 id="journey">${words.journey.heading}</h2>
    <p class="note">${legs.length === 0 ? words.journey.none : `${note}${words.space}${partial}`}</p>
    ${
      legs.length === 0
        ? undefined
        : html`<ol class="journey">
            ${stages(legs, (leg, otherShare) => stage(leg, nameOf(leg, legs, view), { widest, decimals, otherShare }, view))}${transfers.map((transfer) => handover(transfer, { widest, decimals, otherShare }, view))}
          </ol>`
    }
    ${earlierTransfers > 0 ? html`<p class="note">${words.journey.handover.earlier(earlierTransfers)}</p>` : undefined}
  </section>`
}

/** Where some of what a stage gave went past the next. A few grams are rounding, since each stage is in proportion. */
function isPassedBy(leg: PassportLeg, next: PassportLeg | undefined): boolean {
  return next !== undefined && next.inputGrams - next.addedGrams < leg.outputGrams * 0.999
}

function massesOf(leg: PassportLeg): number[] {
  const { inputGrams, addedGrams, outputGrams, unaccountedGrams, losses } = leg
  return [inputGrams, addedGrams, outputGrams, unaccountedGrams, ...Object.values(losses)]
}

/** One after the other, each with the share of other material that comes into it. */
function stages(legs: readonly PassportLeg[], draw: (leg: PassportLeg, otherShare: number) => Html): Html[] {
  let otherShare = 0
  return legs.map((leg) => {
    const drawn = draw(leg, otherShare)
    otherShare = otherShareAfter(leg, otherShare)
    return drawn
  })
}

/** What all entries of a journey are drawn and written to, and what of this one was not collected. */
export interface Scale {
  readonly widest: number
  readonly decimals: number
  readonly otherShare: number
}

/** Its step, numbered where the material went through it several times in a row. */
function nameOf(leg: PassportLeg, legs: readonly PassportLeg[], { words: { journey } }: View): string {
  const name = journey.steps[leg.step]
  if (leg.isSeveral) return journey.laterPasses(name)
  const at = legs.indexOf(leg)
  const isSame = ({ step }: PassportLeg): boolean => step === leg.step
  const before = at - 1 - legs.slice(0, at).findLastIndex((other) => !isSame(other))
  const isAlone = before === 0 && !legs.slice(at + 1, at + 2).some(isSame)
  return isAlone ? name : journey.pass(name, before + 1)
}

function stage(leg: PassportLeg, name: string, { widest, decimals, otherShare }: Scale, view: View): Html {
  const { words, format } = view
  const rows = rowsOf(leg, view).map(
    ([kind, term, grams]) =>
      html`<div>
        <dt class="${kind}">${term}</dt>
        <dd>${words.kg(format.kgFixed(grams, decimals))}</dd>
      </div> `,
  )
  return html`<li>
    ${reach(leg, widest, words.journey.flow(name), otherShare)}
    <div class="stage">
      <h3>${name}</h3>
      <p>${format.days(leg.firstAt, leg.lastAt)}</p>
      <p>${sitesOf(leg, view)}</p>
      ${leg.isSeveral && html`<p>${words.journey.several}</p>`}
    </div>
    <dl class="masses">${rows}</dl>
  </li>`
}

function sitesOf(leg: PassportLeg, { words, lang }: View): Child {
  if (leg.sites.length === 0) return words.journey.noSites
  const names = join(
    leg.sites.map((site) => nameOr(site, lang, words.journey.unnamedSite)),
    words.listSeparator,
  )
  return leg.moreSites > 0 ? html`${names} ${words.journey.moreSites(leg.moreSites)}` : names
}

/** Collection has nothing but its mass, unless something else was recorded; a zero that matters is shown. */
function rowsOf(leg: PassportLeg, { words }: View): [string, string, number][] {
  const { journey } = words
  const losses = LOSS_KINDS.flatMap((kind): [string, string, number][] => {
    const grams = leg.losses[kind] ?? 0
    return grams > 0 ? [[kind, journey.losses[kind], grams]] : []
  })
  const added: [string, string, number][] =
    leg.addedGrams > 0 ? [['added', journey.added, leg.addedGrams]] : []
  if (leg.step === 'collection' && leg.inputGrams === leg.outputGrams) {
    return [['body', journey.collected, leg.outputGrams], ...added]
  }
  return [
    ['body', journey.input, leg.inputGrams],
    ...added,
    ...losses,
    [leg.unaccountedGrams > 0 ? 'unaccounted' : 'nothing', journey.unaccounted, leg.unaccountedGrams],
    ['body', journey.output, leg.outputGrams],
  ]
}
