import { describe, expect, it } from 'vitest'
import type { PassportResult } from '../../../shared/domain/passport/passport.ts'
import { page, read } from './reading.ts'
import { HANDED, LARGEST, PRODUCT } from './samples.ts'

describe('A hand-over', () => {
  it('stands in the journey with both weights and the difference', () => {
    const text = read(HANDED)
    expect(text).toContain('Hand-over 1 Sept 2026 From Huzhou Pellets to East Store')
    expect(text).toContain('Weighed out 268.800 kg Weighed in 266.300 kg Difference −2.500 kg')
    expect(text).toContain('Weighed out 266.300 kg Weighed in 266.340 kg Difference +0.040 kg')
    const chinese = read(HANDED, 'zh')
    expect(chinese).toMatch(/由 ?湖州再生 ?移交给 ?东仓/)
    expect(chinese).toContain('交出称重 268.800 千克 接收称重 266.300 千克 差额 −2.500 千克')
  })

  it('says where a loss is counted, and only where there is one', () => {
    expect(read(HANDED).split('counted as missing on arrival')).toHaveLength(2)
    expect(read(HANDED)).toContain('Missing on arrival 2.500 kg')
  })

  it('that is not listed is counted', () => {
    expect(read(LARGEST)).toContain('3 earlier hand-overs are not listed.')
    expect(read(LARGEST, 'zh')).toContain('另有 3 次更早的交接未列出。')
  })

  it('makes another the holder, which the facts say', () => {
    expect(read(HANDED)).toContain('Now held by Lantern Goods')
    expect(read(HANDED, 'zh')).toContain('现持有单位 灯塔日用')
    expect(read(PRODUCT)).not.toContain('Now held by')
  })
})

describe('A stage that not all of the material went through', () => {
  it('is explained, so that nobody takes what went past it for lost', () => {
    const [collection, sorting, ...rest] = PRODUCT.journey
    if (!collection || !sorting) throw new Error('no journey')
    const half = { ...sorting, inputGrams: 200_000, outputGrams: 149_383 }
    const passport = { ...PRODUCT, journey: [collection, half, ...rest] }
    expect(read(passport)).toContain('Not all of it went through every stage')
    expect(read(passport, 'zh')).toContain('并非全部材料都经过每个环节')
    expect(read(PRODUCT)).not.toContain('Not all of it')
  })
})

describe('Laboratory results', () => {
  const { latest } = HANDED.inspections
  if (!latest) throw new Error('no inspection')
  const measuredOnly: PassportResult = { parameter: 'x', method: 'y', value: 0, unit: '%' }
  const { passed: _, ...unjudged } = latest

  it('say in words what passed and what failed, with the limits', () => {
    const text = read(HANDED)
    expect(text).toContain('Tested on 28 Aug 2026. Not all results are within their limits.')
    expect(text).toContain('This is the latest of 2 inspections.')
    expect(text).toContain('Ash ISO 3451-1 3.4 % at most 3 Fail')
    expect(text).toContain('Melt flow index ISO 1133-1, 190 °C, 2.16 kg 5.2 g/10 min 4 to 8 Pass')
    expect(text).toContain('Density ISO 1183-1 0.958 g/cm³ at least 0.95 Pass')
    const chinese = read(HANDED, 'zh')
    expect(chinese).toContain('灰分 ISO 3451-1 3.4 % 不高于 3 不合格')
    expect(chinese).toContain('熔融指数 ISO 1133-1, 190 °C, 2.16 kg 5.2 g/10 min 4 至 8 合格')
  })

  it('without a limit are neither a pass nor a fail', () => {
    expect(read(HANDED)).toMatch(/Odour VDA 270 3 – No limit given/)
    const unlimited = {
      ...HANDED,
      inspections: { count: 1, latest: { ...unjudged, results: [measuredOnly] } },
    }
    expect(read(unlimited)).toContain('No limits were given.')
    expect(read(unlimited)).not.toContain('within their limits')
  })

  it('that are not listed are counted', () => {
    expect(read(HANDED)).toContain('One more result is not listed.')
    expect(read(LARGEST, 'zh')).toContain('另有 4 项结果未列出。')
  })

  it('are not spoken of where nothing was tested', () => {
    expect(page(PRODUCT)).not.toContain('id="lab"')
  })
})
