import { BOUNDARY } from '../../shared/domain/carbon/account.ts'
import { compareWithVirgin } from '../../shared/domain/carbon/comparison.ts'
import { FACTOR_TABLES, type CarbonItem, type FactorTable } from '../../shared/domain/carbon/factors.ts'
import type { PassportCarbon } from '../../shared/domain/passport/passport.ts'
import { html, type Html } from './html.ts'
import type { View } from './view.ts'

/** The carbon account: the number, what is in it, what is missing from it, and where its factors are from. */
export function carbon(view: View): Html | undefined {
  const { passport, words } = view
  const account = passport.carbon
  const table = account && FACTOR_TABLES.find(({ version }) => version === account.factors)
  if (!table) return undefined
  const isCounted = account.parts.some(({ gramsCo2e }) => gramsCo2e !== null)
  return html`<section class="plain carbon" aria-labelledby="carbon">
    <h2 id="carbon">${words.carbon.heading}</h2>
    ${isCounted ? counted(account, table, view) : html`<p>${words.carbon.nothing}</p>`}
  </section>`
}

function counted(account: PassportCarbon, table: FactorTable, view: View): Html {
  const { passport, words, format, lang } = view
  const said = words.carbon
  return html`<p class="figure"><strong>${said.perKg(format.about(account.gramsCo2ePerKg))}</strong></p>
    <p>${said.total(format.about(account.gramsCo2e), passport.stage)}${words.space}${comparison(account, table, view)}</p>
    <p>${BOUNDARY[lang]}</p>
    ${caveats(account, table, view).map((caveat) => html`<p>${caveat}</p>`)}
    <details>
      <summary>${said.details}</summary>
      ${parts(account, table, view)}
    </details>`
}

/** What would make the figure higher. An item that has no factor is part of the boundary. */
function caveats(
  { missing }: PassportCarbon,
  { factors }: FactorTable,
  { shares, words, format }: View,
): string[] {
  const said = words.carbon
  const gaps = missing.filter((item) => factors[item] !== undefined)
  const names = gaps.map((item) => said.items[item]).join(words.listSeparator)
  return [
    ...(gaps.length > 0 ? [said.gaps(names)] : []),
    ...(shares.added.grams > 0 ? [said.otherMaterial(format.share(shares.added))] : []),
  ]
}

/**
 * Beside virgin polymer only where the two are alike: material that takes its place, nothing in it that was not counted
 * at all, and its electricity recorded at every step. A gap there would make any difference look better than it is.
 */
function comparison(account: PassportCarbon, table: FactorTable, view: View): Html | undefined {
  const { passport, shares, words, format, lang } = view
  const isAlike =
    (passport.stage === 'pelletized' || passport.stage === 'product') &&
    shares.added.grams === 0 &&
    !account.missing.includes('energy')
  const compared = isAlike ? compareWithVirgin(account, passport.polymer, table) : undefined
  if (!compared) return undefined
  const { differenceGramsPerKg: difference, virgin, polymer } = compared
  const said = words.carbon
  const gap = format.about(Math.abs(difference))
  const basis = virgin.basis === 'estimate' ? said.estimatedVirgin : said.virgin
  return html`<strong>${difference < 0 ? said.more(gap, polymer) : said.less(gap, polymer)}</strong>${words.space}${basis(format.about(virgin.gramsCo2ePerKg), virgin.source[lang])}`
}

function parts({ parts: counted, gramsCo2e, factors }: PassportCarbon, table: FactorTable, view: View): Html {
  const { words, format } = view
  const said = words.carbon
  return html`<table class="factors">
      <caption>
        ${said.factors(factors)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${said.item}</th>
          <th scope="col">${said.amount}</th>
          <th scope="col">${said.emissions}</th>
        </tr>
      </thead>
      <tbody>
        ${counted.map(
          ({ item, amount, gramsCo2e: grams }) =>
            html`<tr>
              <th scope="row">${said.items[item]}</th>
              <td>${said.units[item](format.about(thousandthsOf(item, amount)))}</td>
              <td>${grams === null ? said.notCounted : format.about(grams)}</td>
            </tr> `,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="2">${said.kgCo2e}</th>
          <td>${format.about(gramsCo2e)}</td>
        </tr>
      </tfoot>
    </table>
    <ul class="note">
      ${counted.map(({ item }) => html`<li><strong>${said.items[item]}</strong> ${factorOf(item, table, view)}</li>`)}
    </ul>`
}

function factorOf(item: CarbonItem, { factors }: FactorTable, { words, lang }: View): string {
  const factor = factors[item]
  if (!factor) return words.carbon.noFactor
  const sentence = factor.basis === 'estimate' ? words.carbon.estimate : words.carbon.source
  return sentence(factor.written[lang], factor.source[lang])
}

/** Watt-hours and millilitres are thousandths of what is shown; of a tonne-kilometre a gram-kilometre is a millionth. */
function thousandthsOf(item: CarbonItem, amount: number): number {
  return item === 'energy' || item === 'water' ? amount : Math.round(amount / 1000)
}
