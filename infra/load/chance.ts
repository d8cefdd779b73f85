/** Chance that a seed decides: the same seed gives the same load, on any machine. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  readonly next: () => number
  /** So many happen in a second in which `mean` do on average (Knuth for few, normal for many). */
  readonly count: (mean: number) => number
  /** Bytes for an id. */
  readonly bytes: (length: number) => Uint8Array
}

/** Mulberry32, of 32 bits of state: enough to spread keys. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    count: (mean) =>
      mean < FEW ? poisson(mean, next) : Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next))),
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)),
  }
}

const FEW = 30

function poisson(mean: number, next: () => number): number {
  const end = Math.exp(-mean)
  let count = 0
  for (let left = next(); left > end; left *= next()) count++
  return count
}

const normal = (next: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

/** Picks one of so many, the nth with a weight of 1/n: as large harbours are to small ones. */
export function zipf(count: number): (chance: Chance) => number {
  const sums: number[] = []
  for (let n = 1; n <= count; n++) sums.push((sums[n - 2] ?? 0) + 1 / n)
  const whole = sums.at(-1) ?? 1
  return ({ next }) => {
    const wanted = next() * whole
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** The share that the nth of so many has. */
export function zipfShare(count: number, n: number): number {
  const whole = Array.from({ length: count }, (_, at) => 1 / (at + 1)).reduce(
    (sum, weight) => sum + weight,
    0,
  )
  return 1 / (n + 1) / whole
}
