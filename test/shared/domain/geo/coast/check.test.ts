import { describe, expect, it } from 'vitest'
import { checkOceanBound } from '../../../../../shared/domain/geo/coast/check.ts'
import type { Coastline } from '../../../../../shared/domain/geo/coast/coastline.ts'
import { classifyOceanBound } from '../../../../../shared/domain/geo/coast/ocean-bound.ts'
import type { MaterialForm } from '../../../../../shared/domain/material/material.ts'
import { offShore, STRAIGHT, WITH_RIVER } from './coasts.ts'

function check(
  metres: number,
  accuracyM?: number,
  form: MaterialForm = 'bottle',
  coastline: Coastline = STRAIGHT,
) {
  const position = offShore(metres)
  return checkOceanBound(
    classifyOceanBound({ position, form, ...(accuracyM !== undefined && { accuracyM }) }, coastline),
  )
}

describe('R1', () => {
  it('passes when the ring lies within one class', () => {
    expect(check(-6_000, 12)).toEqual({
      rule: 'R1',
      verdict: 'pass',
      sentence: {
        en: 'The class is “potential ocean-bound” (POTENTIAL): about 6 km inland of the coast, give or take 22 m.',
        zh: '类别为“潜在趋海”（POTENTIAL）：海岸线向陆约 6 千米，误差 22 米。',
      },
    })
  })

  it('passes with the ring just short of the line and reviews when it touches it', () => {
    // The line is 100 m seaward; the dataset is good to 10 m.
    expect(check(60, 29)).toMatchObject({ verdict: 'pass' })
    expect(check(60, 31)).toMatchObject({ verdict: 'review' })
  })

  it('reviews, naming all classes, when the ring crosses a line', () => {
    expect(check(-190, 25)).toEqual({
      rule: 'R1',
      verdict: 'review',
      sentence: {
        en: 'Within the uncertainty of 35 m the position may be “shoreline” (SHORELINE) or “potential ocean-bound” (POTENTIAL).',
        zh: '在 35 米的不确定范围内，该位置可能属于“岸线”（SHORELINE）或“潜在趋海”（POTENTIAL）。',
      },
    })
  })

  it('reviews when no accuracy was given, even far from every line', () => {
    const result = check(-6_000)
    expect(result.verdict).toBe('review')
    expect(result.sentence.en).toContain('without its accuracy')
    expect(result.sentence.zh).toContain('未注明精度')
  })

  it('reviews a position outside the dataset', () => {
    const sydney = { position: { lat: -33.9, lon: 151.2 }, accuracyM: 5, form: 'net' } as const
    const result = checkOceanBound(classifyOceanBound(sydney, STRAIGHT))
    expect(result).toMatchObject({ rule: 'R1', verdict: 'review' })
    expect(result.sentence.en).toContain('outside the coastline dataset')
  })

  it.each<MaterialForm>(['bottle', 'net'])('reviews %s from too far inland to be ocean-bound', (form) => {
    expect(check(-60_000, 5, form)).toEqual({
      rule: 'R1',
      verdict: 'review',
      sentence: {
        en: 'The class is “inland, not ocean-bound” (INLAND): about 60 km inland of the coast, give or take 15 m; nothing from farther than 50 km is ocean-bound, rivers excepted.',
        zh: '类别为“内陆（非趋海）”（INLAND）：海岸线向陆约 60 千米，误差 15 米；除河道外，距海岸超过 50 千米的均不属趋海塑料。',
      },
    })
  })

  it('passes inland as far as something may be ocean-bound, and no farther', () => {
    // The limit lies 50 km landward; the dataset is good to 10 m.
    expect(check(-49_950, 29)).toMatchObject({ verdict: 'pass' })
    expect(check(-49_950, 41)).toMatchObject({ verdict: 'review' })
    expect(check(-50_050, 29)).toMatchObject({ verdict: 'review' })
  })

  it('passes far inland beside a river', () => {
    expect(check(-60_000, 5, 'bottle', WITH_RIVER)).toMatchObject({ verdict: 'pass' })
  })

  it('passes gear at an islet that the dataset lacks, and reviews bottles there', () => {
    const islets = [{ name: 'islet', ...offShore(20_000), radiusM: 500 }]
    const withIslet = { ...STRAIGHT, islets }
    expect(check(20_000, 5, 'net', withIslet)).toMatchObject({ verdict: 'pass' })
    expect(check(20_000, 5, 'bottle', withIslet)).toMatchObject({ verdict: 'review' })
  })
})
