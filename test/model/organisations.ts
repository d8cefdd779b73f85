import { DEMO_ORGANISATION, OTHER_ORGANISATION } from '../../infra/local/story.ts'
import type { Organisation, Site } from '../../shared/domain/organisation.ts'
import type { Position } from '../../shared/domain/geo/geodesy.ts'

/** Who takes part in a random world: the two demo organisations, and a factory that only buys. */
export const FACTORY: Organisation = {
  id: 'ningbo-factory',
  name: { en: 'Ningbo Factory', zh: '宁波工厂' },
  sites: [
    { id: 'beilun', kind: 'factory', name: { en: 'Beilun works', zh: '北仑厂' }, lat: 29.9, lon: 121.85 },
    { id: 'cixi', kind: 'plant', name: { en: 'Cixi plant', zh: '慈溪厂' }, lat: 30.17, lon: 121.27 },
  ],
}

export const ORGANISATIONS: readonly Organisation[] = [DEMO_ORGANISATION, OTHER_ORGANISATION, FACTORY]

export function organisationOf(id: string): Organisation {
  const found = ORGANISATIONS.find((organisation) => organisation.id === id)
  if (!found) throw new Error(`no organisation ${id} takes part`)
  return found
}

export function siteIn(org: string, site: string): Site {
  const found = organisationOf(org).sites.find(({ id }) => id === site)
  if (!found) throw new Error(`${org} has no site ${site}`)
  return found
}

/** On the shore, at sea, far inland, and nowhere: so that some material can be claimed and some cannot. */
export const POSITIONS: readonly (Position | undefined)[] = [
  { lat: 28.45, lon: 121.88 },
  { lat: 28.27, lon: 121.61 },
  { lat: 29.95, lon: 122.3 },
  { lat: 28.5, lon: 122.1 },
  { lat: 30.87, lon: 120.1 },
  undefined,
]
