import { describe, expect, it } from 'vitest'
import { TOKENS } from '../../../web/trace/style/tokens.ts'

const [light = '', dark = ''] = TOKENS.split('@media')

/** The colours that text is written in, and those it stands on. */
const TEXTS = ['ink', 'soft', 'sea'] as const
const GROUNDS = ['paper', 'water', 'land'] as const

describe.each([
  ['light', light],
  ['dark', dark],
])('Text in %s', (_, tokens) => {
  it.each(TEXTS)('of colour --%s stands out 4.5:1 from the page', (text) => {
    expect(contrast(colour(tokens, text), colour(tokens, 'paper'))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(GROUNDS)('on the chart stands out 4.5:1 from --%s', (ground) => {
    expect(contrast(colour(tokens, 'ink'), colour(tokens, ground))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour(tokens, 'soft'), colour(tokens, ground))).toBeGreaterThanOrEqual(4.5)
  })

  it('of a banner stands out 7:1 from its ground', () => {
    expect(contrast(colour(tokens, 'on-alert'), colour(tokens, 'alert'))).toBeGreaterThanOrEqual(7)
  })

  it('has a focus ring that stands out 3:1', () => {
    expect(contrast(colour(tokens, 'mark'), colour(tokens, 'paper'))).toBeGreaterThanOrEqual(3)
  })
})

function colour(tokens: string, name: string): readonly number[] {
  const hex = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(tokens)?.[1] ?? ''
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
}

/** Contrast as WCAG 2.2 defines it. */
function contrast(a: readonly number[], b: readonly number[]): number {
  const [bright = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (bright + 0.05) / (dim + 0.05)
}

function luminance(channels: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
