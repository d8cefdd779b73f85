import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coastModule } from '../../../infra/map.ts'
import { PLACES } from '../../../shared/domain/geo/places.ts'
import { fit, spread } from '../../../web/trace/map/labels.ts'
import { CHART, isOnChart, project } from '../../../web/trace/map/projection.ts'

describe('The chart', () => {
  it('has the coast that infra/map.ts draws', async () => {
    const committed = readFileSync(new URL('../../../web/trace/map/coast.ts', import.meta.url), 'utf8')
    expect(committed).toBe(await coastModule())
    expect(committed.length).toBeLessThan(4500)
  })

  it('shows every place of the gazetteer, west of the labels', () => {
    for (const place of PLACES) {
      expect(isOnChart(place)).toBe(true)
      const { x, y } = project(place)
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(278)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(CHART.height)
    }
  })

  it('does not show what lies elsewhere', () => {
    expect(isOnChart({ lat: 28.5, lon: 151.2 })).toBe(false)
    expect(isOnChart({ lat: -28.5, lon: 121.2 })).toBe(false)
  })
})

describe('Labels', () => {
  it('stay where they want to be when there is room', () => {
    expect(spread([30, 90, 200], 20, 0, 480)).toEqual([30, 90, 200])
  })

  it('that would collide are centred on what they want, one gap apart', () => {
    expect(spread([100, 100, 100], 20, 0, 480)).toEqual([80, 100, 120])
  })

  it('never overlap, keep their order and stay in the frame', () => {
    for (const wanted of [
      [0, 0, 0, 470, 475, 480],
      [460, 461, 462, 463],
      Array.from({ length: 12 }, () => 470),
      Array.from({ length: 12 }, (_, index) => 340 + index),
    ]) {
      const placed = spread(wanted, 21, 24, 456)
      expect(placed).toHaveLength(wanted.length)
      expect(Math.min(...placed)).toBeGreaterThanOrEqual(24)
      expect(Math.max(...placed)).toBeLessThanOrEqual(456)
      placed.slice(1).forEach((y, index) => expect(y - (placed[index] ?? 0)).toBeGreaterThan(20.999))
    }
  })

  it('are cut to their column, Chinese counting a full width', () => {
    expect(fit('Dachen Island', 8)).toBe('Dachen Island')
    expect(fit('大陈岛', 8)).toBe('大陈岛')
    expect(fit('台州湾外海东侧一号海域', 8)).toBe('台州湾外海东侧一…')
    expect(fit('W'.repeat(120), 8)).toHaveLength(15)
  })
})
