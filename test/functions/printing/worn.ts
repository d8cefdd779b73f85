import type { Grey } from './paper.ts'

/** What happens to a printed code, done to a picture of one. All chance is seeded: the same wear every time. */

/** Mulberry32: small, and good enough to scatter dirt. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const made = (
  { width, height }: Pick<Grey, 'width' | 'height'>,
  valueAt: (x: number, y: number) => number,
): Grey => {
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) pixels[y * width + x] = valueAt(x, y)
  return { width, height, pixels }
}

/** A grid of modules as paper, with a border of light ones all around. */
export function inked(
  { size, dark }: Grid,
  { modulePixels, border }: { readonly modulePixels: number; readonly border: number },
): Grey {
  const side = Math.round((size + 2 * border) * modulePixels)
  return made({ width: side, height: side }, (x, y) => {
    const [column, row] = [x, y].map((at) => Math.floor(at / modulePixels) - border)
    const isIn = [column, row].every((at) => at !== undefined && at >= 0 && at < size)
    return isIn && dark[(row ?? 0) * size + (column ?? 0)] ? 0 : 255
  })
}

/** Turned about its middle, white where nothing was; values between pixels are those of the four around. */
export function rotated(picture: Grey, degrees: number): Grey {
  const { width, height, pixels } = picture
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 255 : (pixels[y * width + x] ?? 255)
  return made(picture, (x, y) => {
    const [dx, dy] = [x - width / 2, y - height / 2]
    const [fromX, fromY] = [cos * dx + sin * dy + width / 2, cos * dy - sin * dx + height / 2]
    const [left, top] = [Math.floor(fromX), Math.floor(fromY)]
    const [right, down] = [fromX - left, fromY - top]
    const upper = at(left, top) * (1 - right) + at(left + 1, top) * right
    const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right
    return Math.round(upper * (1 - down) + lower * down)
  })
}

/** Out of focus: three box blurs after each other are as good as a Gaussian one. */
export function blurred(picture: Grey, radius: number): Grey {
  return [0, 1, 2].reduce((seen) => boxed(boxed(seen, radius, 1, 0), radius, 0, 1), picture)
}

function boxed({ width, height, pixels }: Grey, radius: number, dx: number, dy: number): Grey {
  return made({ width, height }, (x, y) => {
    let sum = 0
    for (let step = -radius; step <= radius; step++) {
      const column = Math.min(width - 1, Math.max(0, x + step * dx))
      const row = Math.min(height - 1, Math.max(0, y + step * dy))
      sum += pixels[row * width + column] ?? 255
    }
    return Math.round(sum / (2 * radius + 1))
  })
}

/** Grain of a sensor in bad light, of about this standard deviation in grey values. */
export function noisy({ width, height, pixels }: Grey, deviation: number, seed: number): Grey {
  const chance = seeded(seed)
  // The sum of twelve is nearly normal, with a deviation of one.
  const grain = (): number => Array.from({ length: 12 }, chance).reduce((sum, one) => sum + one, -6)
  return made({ width, height }, (x, y) =>
    Math.min(255, Math.max(0, Math.round((pixels[y * width + x] ?? 255) + grain() * deviation))),
  )
}

/** Faded print on a grey ground: black becomes that, and white that. */
export const faded = ({ width, height, pixels }: Grey, darkest: number, lightest: number): Grey =>
  made({ width, height }, (x, y) =>
    Math.round(darkest + ((pixels[y * width + x] ?? 255) / 255) * (lightest - darkest)),
  )

type Grid = { readonly size: number; readonly dark: ArrayLike<number> }

/**
 * Modules that hold code words: all but finders, timing, format, version and alignment (ISO/IEC 18004, §6.3). A stain on
 * these is what error correction is for.
 */
export function codedModules(size: number): number {
  const version = (size - 17) / 4
  const alignment = version === 1 ? 0 : 25 * ((Math.floor(version / 7) + 2) ** 2 - 3)
  const onTiming = version < 7 ? 0 : 10 * Math.floor(version / 7)
  const finders = 3 * 64
  const format = 31
  const timing = 2 * (size - 16) - onTiming
  return size ** 2 - finders - format - timing - alignment - (version < 7 ? 0 : 36)
}

/**
 * A grid with one square stain of so many modules: worn white, or covered black. It leaves the three corners by which a
 * code is found, without which none is read however good its error correction.
 */
export function stained(
  { size, dark }: Grid,
  { modules, seed }: { readonly modules: number; readonly seed: number },
): Grid {
  const chance = seeded(seed)
  const side = Math.sqrt(modules)
  const corner = 9
  const value = chance() < 0.5 ? 0 : 1
  const [left = 0, top = 0] = [chance(), chance()].map((part) => corner + part * (size - corner - side))
  const covered = (at: number, from: number): boolean => at + 0.5 >= from && at + 0.5 < from + side
  return {
    size,
    dark: Uint8Array.from({ length: size * size }, (_, at) =>
      covered(at % size, left) && covered(Math.floor(at / size), top) ? value : (dark[at] ?? 0),
    ),
  }
}
