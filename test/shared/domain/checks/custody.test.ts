import { describe, expect, it } from 'vitest'
import { checkManifest, checkReceivedMass, type LoadMarks } from '../../../../shared/domain/checks/custody.ts'

describe('R16, the receiver’s own weight', () => {
  const received = (receivedGrams: number) => checkReceivedMass({ sentGrams: 100_000, receivedGrams })

  it('passes up to exactly two per cent, more or less', () => {
    expect([received(98_000).verdict, received(102_000).verdict]).toEqual(['pass', 'pass'])
  })

  it('reviews a gram beyond, and says both weights and the difference', () => {
    expect(received(102_001).verdict).toBe('review')
    expect(received(97_999)).toMatchObject({
      verdict: 'review',
      sentence: {
        en: '100 kg was sent and 97.999 kg received, a difference of 2.001 kg (2.01 %); up to 2 % is usual.',
        zh: '发出 100 千克，收到 97.999 千克，相差 2.001 千克（2.01 %）；通常不超过 2 %。',
      },
    })
  })
})

describe('R17, the place', () => {
  it('passes where the load was received where it was addressed to, and is for review anywhere else', () => {
    const at = (site: string) =>
      checkManifest({ manifest: { site: 'huzhou' }, seen: { site, weighedGrams: 1_000 } })
    expect(at('huzhou').verdict).toBe('pass')
    expect(at('shitang')).toMatchObject({
      verdict: 'review',
      sentence: { en: expect.stringContaining('addressed to huzhou and received at shitang') },
    })
  })
})

describe('R17, a load and its manifest', () => {
  const PAPERS = { manifestNumber: 'M-2026/7', plate: '浙J·12345', seal: 'a 0042', massGrams: 1_000_000 }
  const seen = (marks: LoadMarks, weighedGrams = 1_000_000) =>
    checkManifest({ manifest: PAPERS, seen: { ...marks, weighedGrams } })

  it('passes the mass of the manifest and less, with marks however they are spaced', () => {
    expect(seen({}).verdict).toBe('pass')
    const marks = { manifestNumber: 'm 2026-7', plate: '浙J12345', seal: 'Ａ0042' }
    expect(seen(marks, 900_000).verdict).toBe('pass')
  })

  it('reviews a gram more than the manifest', () => {
    expect(seen({}, 1_000_001).sentence.en).toBe(
      'The load weighs 1000.001 kg, more than the 1000 kg of its manifest; papers and load usually match.',
    )
  })

  it('reviews marks that differ and names them all, without giving them away', () => {
    const { verdict, sentence } = seen({ manifestNumber: 'M-2026/8', plate: '浙J54321', seal: '' }, 1_020_000)
    expect(verdict).toBe('review')
    expect(sentence.en).toContain('the manifest number, the plate and the seal seen on arrival are not')
    expect(sentence.zh).toContain('到货时的货运单号、车牌、封条号与发货时不符')
    expect(sentence.en + sentence.zh).not.toContain('54321')
  })

  it('does not compare what one side did not have', () => {
    expect(checkManifest({ manifest: { massGrams: 5 }, seen: { plate: 'X', weighedGrams: 5 } }).verdict).toBe(
      'pass',
    )
  })
})
