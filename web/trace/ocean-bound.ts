import type { ObpClass } from '../../shared/domain/geo/coast/ocean-bound.ts'
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
    <h3>${said.heading}</h3>
    <p>${isClass(said.classes, obpClass) ? said.classes[obpClass] : named(obpClass)}</p>
    ${whereabouts.length > 0 ? html`<p>${whereabouts.join(words.space)}</p>` : undefined}
    <p class="note">${computed.join(words.space)}</p>
  </div>`
}

const isClass = (classes: Readonly<Record<ObpClass, string>>, name: string): name is ObpClass =>
  Object.hasOwn(classes, name)
