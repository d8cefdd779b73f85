import { describe, expect, it } from 'vitest'
import type { Passport, PassportLeg } from '../../../shared/domain/passport/passport.ts'
import { renderPassport } from '../../../web/trace/page.ts'
import { HANDED, PRODUCT } from './samples.ts'

/** Where the sea's part and the whole end at the lower edge of each reach, from the left. */
function lowerEdges(passport: Passport): { sea: number; whole: number }[] {
  const page = renderPassport(passport, { lang: 'en', publicUrl: 'https://tidemark.example/b/x' })
  return [...page.matchAll(/<svg\s+class="reach"[^]*?<\/svg>/g)].map(([reach]) => {
    const [, sea = ''] = /class="body" d="M0 0H[\d.]+V46H([\d.]+)V100H0z"/.exec(reach) ?? []
    const [, whole = sea] = /class="added"\s+d="M[^"]*V46H([\d.]+)V100H/.exec(reach) ?? []
    return { sea: Number(sea), whole: Number(whole) }
  })
}

const leg = (inputGrams: number, addedGrams: number): PassportLeg => ({
  step: 'pelletizing',
  sites: [],
  moreSites: 0,
  firstAt: '2026-07-04T02:00:00Z',
  lastAt: '2026-07-04T02:00:00Z',
  inputGrams,
  addedGrams,
  outputGrams: inputGrams,
  losses: {},
  unaccountedGrams: 0,
})

describe('the drawn river', () => {
  it('is all of the sea where nothing else joined, and leaves four fifths of it where a fifth did', () => {
    const edges = lowerEdges(PRODUCT)
    expect(edges).toHaveLength(5)
    for (const { sea, whole } of edges.slice(0, 4)) expect(sea).toBe(whole)
    expect(edges[4]?.sea).toBeCloseTo(0.8 * (edges[4]?.whole ?? 0), 0)
  })

  it('keeps other material apart from where it joined to the end', () => {
    const edges = lowerEdges({
      ...PRODUCT,
      journey: [leg(250, 0), leg(1000, 750), leg(1000, 0), leg(2000, 1000)],
    })
    const shares = edges.map(({ sea, whole }) => sea / whole)
    expect(shares).toEqual([1, 0.25, 0.25, 0.125])
  })

  it('goes through a hand-over with other material still apart', () => {
    const { transfers } = HANDED
    const markup = renderPassport(
      { ...PRODUCT, transfers },
      { lang: 'en', publicUrl: 'https://tidemark.example/b/x' },
    )
    const channels = [
      ...markup.matchAll(/d="M0 0H([\d.]+)V100H0z" \/><path class="added" d="M([\d.]+) 0H([\d.]+)V100/g),
    ]
    expect(channels).toHaveLength(transfers.length)
    for (const [, sea, other, whole] of channels) {
      expect(other).toBe(sea)
      expect(Number(sea)).toBeCloseTo(0.8 * Number(whole), 0)
    }
  })

  it('does not paint one gram of the sea in a ton of other material as the sea', () => {
    const edges = lowerEdges({ ...PRODUCT, journey: [leg(1, 0), leg(1_000_000, 999_999), leg(1_000_000, 0)] })
    expect(edges.slice(1)).toEqual([
      { sea: 0, whole: 88 },
      { sea: 0, whole: 88 },
    ])
  })
})
