import type { PassportOrigin } from '../../shared/domain/passport/passport.ts'
import { PLACE_RADIUS_KM } from '../../shared/domain/geo/places.ts'
import { decimalsFor } from './format.ts'
import { html, named, type Child, type Html } from './html.ts'
import { chart } from './map/chart.ts'
import { oceanBound } from './ocean-bound.ts'
import type { Share } from './shares.ts'
import { nameIn, type View } from './view.ts'

/** Where it was collected: the chart and the table that says the same in figures. */
export function origins(view: View): Html {
  const { words, shares } = view
  const drawn = chart(view)
  return html`<section aria-labelledby="origins">
    <h2 id="origins">${words.origins.heading}</h2>
    <div class="${drawn ? 'where' : 'where unmapped'}">
      ${drawn}
      <div>
        ${table(view)}
        ${shares.collected.grams > 0 ? html`<p class="note">${words.origins.near(PLACE_RADIUS_KM)}</p>` : undefined}
        ${oceanBound(view)}
      </div>
    </div>
  </section>`
}

function table(view: View): Html {
  const { passport, shares, words, format } = view
  const { otherPlaces, otherMaterial, virgin, collected } = shares
  const head = words.origins
  const decimals = decimalsFor(
    [...shares.origins, otherPlaces, otherMaterial, virgin].map(({ grams }) => grams),
  )
  const total = { grams: collected.ofGrams, ofGrams: collected.ofGrams, tenths: 1000 }
  const figures = (share: Share): Html =>
    html`<td>${format.kgFixed(share.grams, decimals)}</td><td>${format.shareFixed(share)}</td>`
  const row = (place: Child, months: string, share: Share): Html =>
    html`<tr><th scope="row">${place}</th><td>${months}</td>${figures(share)}</tr> `
  const wideRow = (name: Child, share: Share): Html =>
    html`<tr><th scope="row" colspan="2">${name}</th>${figures(share)}</tr> `
  const otherCount = passport.otherOrigins.count
  return html`<table>
    <caption>
      ${head.caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">${head.place}</th>
        <th scope="col">${head.months}</th>
        <th scope="col">${head.mass}</th>
        <th scope="col">${head.share}</th>
      </tr>
    </thead>
    <tbody>
      ${passport.origins.map((origin, index) => {
        const share = shares.origins[index]
        return share && row(placeName(origin, view), monthsOf(origin, view), share)
      })}
      ${otherCount > 0 ? row(head.otherPlaces(otherCount, format.count(otherCount)), head.notRecorded, otherPlaces) : undefined}
      ${otherMaterial.grams > 0 ? wideRow(withNote(head.otherMaterial, head.otherMaterialNote), otherMaterial) : undefined}
      ${virgin.grams > 0 ? wideRow(withNote(head.virgin, head.virginNote), virgin) : undefined}
    </tbody>
    <tfoot>
      ${wideRow(head.total, total)}
    </tfoot>
  </table>`
}

function placeName(origin: PassportOrigin, { lang }: View): Html {
  return named(nameIn(origin.name, lang) ?? origin.placeId)
}

function monthsOf({ from, to }: PassportOrigin, { format }: View): string {
  return format.months(from, to)
}

function withNote(name: string, note: string): Html {
  return html`${name} <small>${note}</small>`
}
