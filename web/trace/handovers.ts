import type { PassportTransfer } from '../../shared/domain/passport/passport.ts'
import { html, type Html } from './html.ts'
import type { Scale } from './journey.ts'
import { channel } from './river.ts'
import { nameOr, type View } from './view.ts'

/** A change of holder, as an entry of the journey: what each side weighed, and the difference, whoever it favours. */
export function handover(
  transfer: PassportTransfer,
  { widest, decimals, otherShare }: Scale,
  view: View,
): Html {
  const { words, format, lang } = view
  const { from, to, at, sentGrams, receivedGrams } = transfer
  const said = words.journey.handover
  const name = (party: PassportTransfer['from']): Html | string => nameOr(party, lang, words.facts.unnamed)
  const row = (term: string, mass: string): Html =>
    html`<div>
      <dt>${term}</dt>
      <dd>${words.kg(mass)}</dd>
    </div> `
  return html`<li class="handover">
    ${channel(Math.min(sentGrams, receivedGrams), widest, otherShare)}
    <div class="stage">
      <h3>${said.name}</h3>
      <p><time datetime="${at}">${format.day(at)}</time></p>
      <p>${said.parties(name(from), name(to))}</p>
      ${receivedGrams < sentGrams ? html`<p>${said.counted}</p>` : undefined}
    </div>
    <dl class="masses">
      ${row(said.sent, format.kgFixed(sentGrams, decimals))}${row(said.received, format.kgFixed(receivedGrams, decimals))}${row(said.difference, format.signedKgFixed(receivedGrams - sentGrams, decimals))}
    </dl>
  </li>`
}
