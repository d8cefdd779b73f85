/**
 * How much one caller may ask: a token bucket. It holds `burst` requests at most and fills by `perSecond` of them, so
 * that a phone that was offline for days may send all it has, and nobody keeps on taking everybody's share.
 */
export interface Limit {
  readonly perSecond: number
  readonly burst: number
}

/** What is left in a bucket, and when that was so. */
export interface Bucket {
  readonly left: number
  readonly atMs: number
}

export interface Taken {
  readonly bucket: Bucket
  /** Seconds until there is a request in it again; undefined where there was one. */
  readonly retryAfterSeconds?: number
}

/**
 * Takes one request out of a bucket, which is full where it was not seen before. One that is refused takes nothing, so
 * that to wait as told is enough. A clock that went back fills nothing.
 */
export function take(bucket: Bucket | undefined, { perSecond, burst }: Limit, nowMs: number): Taken {
  const passedMs = bucket ? Math.max(0, nowMs - bucket.atMs) : 0
  const left = bucket ? Math.min(burst, bucket.left + (passedMs / 1000) * perSecond) : burst
  const filled = { left, atMs: Math.max(nowMs, bucket?.atMs ?? nowMs) }
  if (left >= 1) return { bucket: { ...filled, left: left - 1 } }
  return { bucket: filled, retryAfterSeconds: Math.ceil((1 - left) / perSecond) }
}

/** `50/200`: fifty a second, two hundred at once. Throws a sentence for anything else. */
export function limitFrom(name: string, text: string): Limit {
  const [, perSecond, burst] = /^(\d{1,6}(?:\.\d{1,3})?)\/(\d{1,6})$/.exec(text) ?? []
  const limit = { perSecond: Number(perSecond), burst: Number(burst) }
  if (limit.perSecond > 0 && limit.burst >= 1) return limit
  throw new Error(
    `${name} is ${JSON.stringify(text)}; allowed is requests per second, a slash and how many at once, such as 50/200.`,
  )
}
