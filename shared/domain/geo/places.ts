import { distanceKm, type Position } from './geodesy.ts'

/**
 * The gazetteer: places that an origin may be named after. WGS 84, approximate to 1–3 km, which is all that the public
 * is shown. To run Tidemark on another coast, replace this list: nothing else knows it.
 */
export interface Place {
  readonly id: string
  readonly name: { readonly en: string; readonly zh: string }
  readonly lat: number
  readonly lon: number
}

const place = (id: string, zh: string, en: string, lat: number, lon: number): Place => ({
  id,
  name: { en, zh },
  lat,
  lon,
})

export const PLACES: readonly Place[] = [
  place('jiaojiang', '椒江', 'Jiaojiang', 28.68, 121.45),
  place('dachen', '大陈岛', 'Dachen Island', 28.48, 121.885),
  place('huangjiao', '黄礁岛', 'Huangjiao', 28.55, 121.62),
  place('shitang', '石塘', 'Shitang', 28.27, 121.61),
  place('ruoshan', '箬山', 'Ruoshan', 28.26, 121.6),
  place('songmen', '松门', 'Songmen', 28.33, 121.62),
  place('diaobang', '钓浜', 'Diaobang', 28.31, 121.63),
  place('kanmen', '坎门', 'Kanmen', 28.09, 121.28),
  place('jiantiao', '健跳', 'Jiantiao', 29.03, 121.63),
  place('toumen', '头门', 'Toumen', 28.72, 121.78),
  place('shipu', '石浦', 'Shipu', 29.21, 121.94),
  place('shenjiamen', '沈家门', 'Shenjiamen', 29.95, 122.3),
  place('daishan', '岱山', 'Daishan', 30.25, 122.2),
  place('changtu', '长涂', 'Changtu', 30.24, 122.31),
  place('shengsi', '嵊泗', 'Shengsi', 30.73, 122.45),
  place('dongtou', '洞头', 'Dongtou', 27.84, 121.16),
  place('bacao', '舥艚', 'Bacao', 27.51, 120.66),
]

/** A pickup within this distance of a place is named after the nearest one; farther out, after its grid cell. */
export const PLACE_RADIUS_KM = 20

const CELL = /^grid:(-?\d+\.\d),(-?\d+\.\d)$/

/** The place id of a position: the nearest place within 20 km, else a cell of a tenth of a degree (about 11 km). */
export function placeIdAt(position: Position): string {
  const near = PLACES.map((candidate) => ({ id: candidate.id, km: distanceKm(candidate, position) }))
    .filter(({ km }) => km <= PLACE_RADIUS_KM)
    .sort((a, b) => a.km - b.km)[0]
  return near?.id ?? `grid:${tenths(position.lat)},${tenths(position.lon)}`
}

/** One decimal; a degree that can be written in two ways is written in one, so that a cell has one name. */
function tenths(degrees: number): string {
  const text = degrees.toFixed(1)
  if (text === '-0.0') return '0.0'
  return text === '-180.0' ? '180.0' : text
}

/** Name and rough position of a place id, for showing it; undefined for an id that names no place on earth. */
export function placeOf(placeId: string): Place | undefined {
  const known = PLACES.find((candidate) => candidate.id === placeId)
  if (known) return known
  const [, latText, lonText] = CELL.exec(placeId) ?? []
  if (latText === undefined || lonText === undefined) return undefined
  const lat = Number(latText)
  const lon = Number(lonText)
  const label = `${Math.abs(lat).toFixed(1)}° ${lat < 0 ? 'S' : 'N'}, ${Math.abs(lon).toFixed(1)}° ${lon < 0 ? 'W' : 'E'}`
  return place(placeId, `${label} 一带`, `Around ${label}`, lat, lon)
}
