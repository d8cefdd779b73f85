import type { PassportOrigin } from '../../shared/domain/passport/passport.ts'
import { PLACE_RADIUS_KM } from '../../shared/domain/geo/places.ts'
import { decimalsFor } from './format.ts'
import { html, named, type Child, type Html } from './html.ts'
import { chart } from './map/chart.ts'
import { oceanBound } from './ocean-bound.ts'
import { isPlaced, type FoundShare, type Share } from './shares.ts'
import { nameIn, type View } from './view.ts'

/**
 * Where it was collected: the chart and the table that says the same in figures. `data-of` says what a row is the share of, for
 * whoever compares it with the records (web/verify).
 */
export function origins(view: View): Html {
  const { words } = view
  const drawn = chart(view)
  return html`<section aria-labelledby="origins">
    <h2 id="origins">${words.origins.heading}</h2>
    <div class="${drawn ? 'where' : 'where unmapped'}">
      ${drawn}
      <div>
        ${table(view)}
        ${notes(view)}
        ${oceanBound(view)}
      </div>
    </div>
  </section>`
}

/** How places and what is said of them were arrived at, as far as there are any. */
function notes({ shares, words }: View): Html {
  const found = shares.groups.some(isPlaced)
  const takenIn = shares.groups.some((group) => !isPlaced(group))
  const places = [
    ...(found ? [words.origins.near(PLACE_RADIUS_KM)] : []),
    ...(takenIn ? [words.origins.unplaced] : []),
  ]
  return html`${found ? html`<p class="note">${words.found.computed}</p>` : undefined}${
    places.length > 0 ? html`<p class="note">${places.join(words.space)}</p>` : undefined
  }`
}

function table(view: View): Html {
  const { shares, words, format } = view
  const { groups, otherMaterial, virgin, collected } = shares
  const head = words.origins
  const rows = groups.flatMap(({ places, others }) => [...places, ...(others ? [others] : [])])
  const decimals = decimalsFor(
    [...rows.map(({ share }) => share), otherMaterial, virgin].map(({ grams }) => grams),
  )
  const total = { grams: collected.ofGrams, ofGrams: collected.ofGrams, tenths: 1000 }
  const figures = (share: Share): Html =>
    html`<td>${format.kgFixed(share.grams, decimals)}</td><td>${format.shareFixed(share)}</td>`
  const row = (place: Child, months: string, share: Share, of: string): Html =>
    html`<tr data-of="${of}"><th scope="row">${place}</th><td>${months}</td>${figures(share)}</tr> `
  const wideRow = (name: Child, share: Share, of: string): Html =>
    html`<tr data-of="${of}"><th scope="row" colspan="2">${name}</th>${figures(share)}</tr> `
  /** Its sum only where it is one of several rows, in a group that is one of several. */
  const groupRow = ({ found, share, places, others }: FoundShare): Html => {
    const name = html`<span class="${found}">${words.found.names[found]}</span>`
    const isSum = places.length + (others ? 1 : 0) > 1 && share.grams < share.ofGrams
    const cells = isSum
      ? html`<th scope="rowgroup" colspan="2">${name}</th>${figures(share)}`
      : html`<th scope="rowgroup" colspan="4">${name}</th>`
    return html`<tr class="found">${cells}</tr> `
  }
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
    ${groups.map(
      (group) =>
        html`<tbody>
          ${groupRow(group)}${group.places.map(({ origin, share }) => row(placeName(group, origin, view), monthsOf(origin, view), share, `${origin.placeId} ${origin.found}`))}
          ${group.others && row(head.otherPlaces(group.others.count, format.count(group.others.count)), head.notRecorded, group.others.share, `others ${group.found}`)}
        </tbody> `,
    )}
    ${
      shares.added.grams > 0
        ? html`<tbody>
            ${otherMaterial.grams > 0 ? wideRow(withNote(head.otherMaterial, head.otherMaterialNote), otherMaterial, 'other') : undefined}
            ${virgin.grams > 0 ? wideRow(withNote(head.virgin, head.virginNote), virgin, 'virgin') : undefined}
          </tbody>`
        : undefined
    }
    <tfoot>
      ${wideRow(head.total, total, 'total')}
    </tfoot>
  </table>`
}

function placeName(group: FoundShare, origin: PassportOrigin, { lang, words }: View): Html {
  const name = named(nameIn(origin.name, lang) ?? origin.placeId)
  return isPlaced(group) ? name : withNote(name, words.found.takenIn)
}

function monthsOf({ from, to }: PassportOrigin, { format }: View): string {
  return format.months(from, to)
}

function withNote(name: Child, note: string): Html {
  return html`${name} <small>${note}</small>`
}
