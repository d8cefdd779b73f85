import type { Found } from '../../shared/domain/geo/coast/found.ts'
import type { ObpClass } from '../../shared/domain/geo/coast/ocean-bound.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { html, named, type Html } from './html.ts'
import type { View } from './view.ts'

/** Coastlines by their id, as readers know them. Kept here since the coastline itself is large and not needed to name it. */
export const COASTLINES: Readonly<Partial<Record<string, { readonly name: string; readonly km: string }>>> = {
  'natural-earth-10m': { name: 'Natural Earth (1:10m)', km: '2.5' },
}

/** The class that a pickup's position has, with what it was computed from. Other batches have none. */
export function oceanBound({ passport, words }: View): Html | undefined {
  if (!passport.oceanBound) return undefined
  const { obpClass, distanceKm, openSea, dataset } = passport.oceanBound
  const said = words.claims.oceanBound
  const [id = '', version = ''] = dataset.split('@')
  const coastline = Object.hasOwn(COASTLINES, id) ? COASTLINES[id] : undefined
  const whereabouts = [
    ...(openSea ? [said.openSea] : []),
    ...(distanceKm === undefined ? [] : [said.distance(distanceKm)]),
  ]
  const computed = [
    said.computed,
    said.dataset(coastline?.name ?? id, version),
    ...(coastline ? [said.accuracy(coastline.km)] : []),
  ]
  return html`<div class="ocean">
    <h3>${isCertain(obpClass, passport.origins) ? said.heading : said.likeliest}</h3>
    <p>${isClass(said.classes, obpClass) ? said.classes[obpClass] : named(obpClass)}</p>
    ${whereabouts.length > 0 ? html`<p>${whereabouts.join(words.space)}</p>` : undefined}
    <p class="note">${computed.join(words.space)}</p>
  </div>`
}

/** Classes of places by what is known where nothing else is possible. Gear is of its class wherever near the sea it lay. */
const KNOWN_AS: Readonly<Partial<Record<string, Found>>> = {
  OCEAN: 'sea',
  SHORELINE: 'shore',
  WATERWAYS: 'river',
}

function isCertain(obpClass: string, origins: Passport['origins']): boolean {
  const known = Object.hasOwn(KNOWN_AS, obpClass) ? KNOWN_AS[obpClass] : undefined
  return known === undefined || origins.every(({ found }) => found === known)
}

const isClass = (classes: Readonly<Record<ObpClass, string>>, name: string): name is ObpClass =>
  Object.hasOwn(classes, name)
