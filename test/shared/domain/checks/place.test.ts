import { describe, expect, it } from 'vitest'
import { checkPhotoCapture, checkStationDistance } from '../../../../shared/domain/checks/place.ts'
import { north, STATION } from './samples.ts'

const AT = '2026-08-01T08:00:00.000Z'

describe('R2, the distance from pickup to station', () => {
  const at = (metres: number) =>
    checkStationDistance({ position: north(metres), station: STATION, fromVessel: false })

  it('passes on the spot and at exactly two kilometres', () => {
    expect([at(0)?.verdict, at(2_000)?.verdict]).toEqual(['pass', 'pass'])
  })

  it('reviews a metre more, and says whole kilometres only', () => {
    expect(at(2_001)).toMatchObject({
      verdict: 'review',
      sentence: { en: 'The pickup was more than 2 km from the station; up to 2 km is usual.' },
    })
    expect(at(6_100)?.sentence.zh).toBe('回收地点距站点超过 6 千米；通常不超过 2 千米。')
  })

  it('is not applied without a position, nor to a pickup from a vessel', () => {
    expect(checkStationDistance({ station: STATION, fromVessel: false })).toBeUndefined()
    expect(
      checkStationDistance({ position: north(50_000), station: STATION, fromVessel: true }),
    ).toBeUndefined()
  })
})

describe('R15, where and when the photo was taken', () => {
  const entry = { at: AT, position: STATION }

  it('passes at exactly thirty minutes and 500 m, before or after', () => {
    const early = { at: '2026-08-01T07:30:00.000Z', position: north(500) }
    const late = { at: '2026-08-01T08:30:00.000Z', position: north(-500) }
    expect(checkPhotoCapture(early, entry).verdict).toBe('pass')
    expect(checkPhotoCapture(late, entry).verdict).toBe('pass')
  })

  it('reviews a second or a metre more, with what is known of time and distance', () => {
    expect(checkPhotoCapture({ at: '2026-08-01T08:30:01.000Z' }, entry)).toMatchObject({
      verdict: 'review',
      sentence: { en: 'The photo was taken 31 min from the entry; up to 30 min is usual.' },
    })
    expect(checkPhotoCapture({ at: AT, position: north(501) }, entry)).toMatchObject({
      verdict: 'review',
      sentence: {
        en: 'The photo was taken 0 min and 501 m from the entry; up to 30 min and 500 m is usual.',
      },
    })
  })

  it('passes a photo whose capture data an app has removed, and says so', () => {
    const stripped = checkPhotoCapture({}, entry)
    expect(stripped.verdict).toBe('pass')
    expect(stripped.sentence.en).toContain('neither when nor where')
    expect(checkPhotoCapture({ position: north(5_000) }, { at: AT })).toEqual(stripped)
  })
})
