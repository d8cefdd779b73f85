import type { PassportOrigin } from '../../../shared/domain/passport/passport.ts'
import type { Catalogue } from '../catalogue.ts'
import { CATALOGUES } from '../catalogue.ts'
import { coordinate } from '../coordinate.ts'
import { html, plain, type Html } from '../html.ts'
import type { Language } from '../language.ts'
import { isPlaced, placesOf } from '../shares.ts'
import { nameIn, type View } from '../view.ts'
import { COAST } from './coast.ts'
import { fit, spread } from './labels.ts'
import { CHART, isOnChart, project } from './projection.ts'

/** Labels stand in a column over open water, east of all that can be a place. */
const COLUMN = 278
const LABEL_GAP = 22
const LABEL_EMS = 8
/** What the name of a meridian needs to the right of it. */
const ROOM = 40
/** Radius of a circle that stands for the whole batch. */
const WHOLE = 26

/** The chart of the places at which things are known to have been found, circle areas by mass; undefined where none of them lies on it. */
export function chart(view: View): Html | undefined {
  const { shares, words, lang } = view
  const found = placesOf(shares.groups.filter(isPlaced)).map(({ origin }) => origin)
  const here = found.filter(isOnChart)
  if (here.length === 0) return undefined
  const away = found.length - here.length
  const isPartial = !shares.groups.every(isPlaced)
  const marks = marksOf(here, view)
  return html`<figure class="chart">
    <svg viewBox="0 0 ${CHART.width} ${CHART.height}" role="img" aria-labelledby="chart">
      <title id="chart">${words.chart.title}</title>
      ${BASES[lang]}
      <g class="leaders">${marks.map(({ leader }) => html`<path d="${leader}" />`)}</g>
      <g class="marks">${marks.map(({ circle }) => circle)}</g>
      <g class="pins">${marks.map(({ pin }) => pin)}</g>
      <g class="names">${marks.map(({ name }) => name)}</g>
    </svg>
    <figcaption>
      ${captionOf(words, away, isPartial)}
    </figcaption>
  </figure>`
}

function captionOf({ chart, space }: Catalogue, away: number, isPartial: boolean): string {
  const sentences = [
    chart.caption,
    ...(away > 0 ? [chart.offChart(away)] : []),
    ...(isPartial ? [chart.unplaced] : []),
    chart.credit,
  ]
  return sentences.join(space)
}

interface Mark {
  readonly leader: string
  readonly circle: Html
  readonly pin: Html
  readonly name: Html
}

/** From north to south, so that leaders do not cross; big circles lie below small ones since origins come largest first. */
function marksOf(origins: readonly PassportOrigin[], { lang, passport }: View): Mark[] {
  const dots = origins
    .map((origin) => ({
      origin,
      ...project(origin),
      r: WHOLE * Math.sqrt(origin.grams / passport.massGrams),
    }))
    .sort((a, b) => a.y - b.y)
  const heights = spread(
    dots.map(({ y }) => y),
    LABEL_GAP,
    24,
    CHART.height - 24,
  )
  return dots.map(({ origin, x, y, r }, index) => {
    const [left, top] = [coordinate(x), coordinate(y)]
    const labelY = coordinate(heights[index] ?? y)
    const centre = html`cx="${left}" cy="${top}"`
    return {
      leader: `M${left} ${top}L${COLUMN - 24} ${labelY}H${COLUMN - 5}`,
      circle: html`<circle ${centre} r="${coordinate(r)}" />`,
      pin: html`<circle ${centre} r="1.6" />`,
      name: html`<text x="${COLUMN}" y="${labelY}">${labelOf(origin, lang)}</text>`,
    }
  })
}

/** A grid cell has no short name: its position serves. */
function labelOf(origin: PassportOrigin, lang: Language): string {
  if (origin.placeId.startsWith('grid:')) return `${origin.lat.toFixed(1)}°, ${origin.lon.toFixed(1)}°`
  return fit(plain(nameIn(origin.name, lang) ?? origin.placeId), LABEL_EMS)
}

/** All of the chart that is the same for every batch, drawn once per language. */
const BASES: Readonly<Record<Language, Html>> = {
  en: base(CATALOGUES.en),
  zh: base(CATALOGUES.zh),
}

function base(words: Catalogue): Html {
  const { width, height } = CHART
  const parallels = [28, 29, 30, 31].map((lat) => ({ lat, y: project({ lat, lon: 0 }).y }))
  const meridians = [121, 122, 123, 124].map((lon) => ({ lon, x: project({ lat: 0, lon }).x }))
  const sea = project({ lat: 27.75, lon: 122.75 })
  const land = project({ lat: 28.62, lon: 120.72 })
  return html`<path class="land" d="${COAST}" />
    <path
      class="grid"
      d="${parallels.map(({ y }) => `M0 ${coordinate(y)}H${width}`)}${meridians.map(({ x }) => `M${coordinate(x)} 0V${height}`)}"
    />
    <g class="waters"
      ><text x="${coordinate(sea.x)}" y="${coordinate(sea.y)}">${words.chart.sea}</text
      ><text x="${coordinate(land.x)}" y="${coordinate(land.y)}">${words.chart.land}</text></g
    >
    <g class="degrees"
      >${parallels.map(({ lat, y }) => html`<text x="9" y="${coordinate(y - 4)}">${lat}°N</text>`)}${meridians.filter(({ x }) => x < width - ROOM).map(({ lon, x }) => html`<text x="${coordinate(x + 4)}" y="${height - 9}">${lon}°E</text>`)}</g
    >
    <path class="neatline" d="M3 0V${height}M${width - 3} 0V${height}" /><path
      class="neatline"
      d="M0 3H${width}M0 ${height - 3}H${width}"
    />`
}
