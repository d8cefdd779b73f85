import { describe, expect, it } from 'vitest'
import type { PassportLeg } from '../../../shared/domain/passport/passport.ts'
import { page, read, unclosed } from './reading.ts'
import { PICKUP, PRODUCT } from './samples.ts'

const leg = (step: PassportLeg['step'], day: string, changes: Partial<PassportLeg> = {}): PassportLeg => ({
  step,
  sites: [{ en: 'Dachen', zh: '大陈' }],
  moreSites: 0,
  firstAt: `2026-08-${day}`,
  lastAt: `2026-08-${day}`,
  inputGrams: 41_250,
  addedGrams: 0,
  outputGrams: 41_250,
  losses: {},
  unaccountedGrams: 0,
  ...changes,
})

const TWICE = {
  ...PICKUP,
  journey: [leg('collection', '01'), leg('consolidation', '03'), leg('consolidation', '05')],
}
const last = leg('consolidation', '09', { isSeveral: true })
const OFTEN = { ...TWICE, journey: [...TWICE.journey, last] }

describe('A step that the material went through more than once', () => {
  it('is numbered, in the order of time, with what went through it each time', () => {
    expect(read(TWICE)).toMatch(
      /Consolidation, pass 1 3 Aug 2026 Dachen In 41\.25 kg .* Consolidation, pass 2 5 Aug 2026 Dachen In 41\.25 kg/,
    )
    expect(read(TWICE, 'zh')).toMatch(/并批（第 1 次） .* 并批（第 2 次） /)
    expect(page(TWICE)).toContain('aria-label="Consolidation, pass 2: mass in, mass out and losses to scale"')
  })

  it('is not numbered where it was once', () => {
    expect(read(PRODUCT)).not.toMatch(/pass \d/)
    expect(read({ ...PICKUP, journey: TWICE.journey.slice(0, 2) })).toContain('Consolidation 3 Aug 2026')
  })

  it('is numbered anew after another step, which it has nothing to do with', () => {
    const [collection, first, second] = TWICE.journey
    const journey = [collection, first, second, leg('sorting', '07'), leg('consolidation', '08')].filter(
      (each) => each !== undefined,
    )
    const text = read({ ...PICKUP, journey })
    expect(text).toMatch(/Consolidation, pass 2 5 Aug .* Sorting 7 Aug .* Consolidation 8 Aug/)
    expect(text).not.toContain('pass 3')
  })

  it('says of its last passes that they are taken together, and how', () => {
    expect(read(OFTEN)).toContain(
      'Consolidation, later passes 9 Aug 2026 Dachen Several passes taken together, one after the other. What went from one to the next is counted once.',
    )
    expect(read(OFTEN, 'zh')).toContain('并批（其后各次）')
    expect(read(OFTEN, 'zh')).toContain('先后几次合并列出；前一次产出后又投入下一次的部分只计一次。')
    expect(read(TWICE)).not.toContain('taken together')
    expect(unclosed(page(OFTEN))).toEqual([])
  })
})
