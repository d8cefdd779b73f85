/**
 * Places labels in one column so that none overlaps: each as near as can be to the height it wants, `gap` apart, within
 * `top` and `bottom`. Labels that would collide become one block, centred on what its members want (the least sum of
 * squared shifts; blocks are merged as in isotonic regression). Requires `wanted` in ascending order, and room for all.
 */
export function spread(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const blocks: { sum: number; count: number }[] = []
  wanted.forEach((y, index) => {
    // Without the gaps that precede it a label's place is a plain number that must not fall below the previous one's.
    blocks.push({ sum: y - index * gap, count: 1 })
    for (let last = blocks.at(-1), before = blocks.at(-2); last && before;) {
      if (before.sum / before.count <= last.sum / last.count) break
      before.sum += last.sum
      before.count += last.count
      blocks.pop()
      last = blocks.at(-1)
      before = blocks.at(-2)
    }
  })
  const lowest = bottom - (wanted.length - 1) * gap
  const places: number[] = []
  for (const { sum, count } of blocks) {
    const start = Math.max(top, Math.min(lowest, sum / count))
    for (const end = places.length + count; places.length < end;) places.push(start + places.length * gap)
  }
  return places
}

const WIDE =
  /[\u1100-\u11FF\u2E80-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]|\p{Extended_Pictographic}/u

/** Nothing up to here is wide, so most Latin letters need no look at the pattern. */
const LAST_ASCII = '\u007F'

/** Cuts a label to about `ems` wide: a full em for Chinese, a little more than half of one for Latin letters. */
export function fit(text: string, ems: number): string {
  let width = 0
  let kept = ''
  for (const character of text) {
    width += character > LAST_ASCII && WIDE.test(character) ? 1 : 0.56
    if (width > ems) return `${kept.trimEnd()}…`
    kept += character
  }
  return kept
}
