import { CALLER_LIMIT } from '../../shared/contract/limits.ts'
import type { Voucher } from '../../shared/domain/identity/caller.ts'
import { limitFrom, take, type Bucket, type Limit } from '../../shared/domain/identity/limit.ts'
import { refuse, type Refused } from '../../shared/domain/refusal.ts'

/**
 * How often one key, person or device may call. The buckets are this process's own: where Lambda runs several of the
 * authorizer, a caller has a bucket in each, and what holds over all of them is API Gateway's throttle. Counting in the
 * table would be exact, and a write for every request.
 */
const callers = counter()

let limit: Limit | undefined

/** The refusal of somebody who asks too often, with how long to wait; undefined for all others. */
export function refuseTooMany(by: Voucher, nowMs: number): Refused | undefined {
  limit ??= limitFrom('CALLER_LIMIT', process.env['CALLER_LIMIT'] ?? CALLER_LIMIT)
  const retryAfterSeconds = callers(`${by.kind} ${by.id}`, limit, nowMs)
  return retryAfterSeconds === undefined ? undefined : tooMany(limit, retryAfterSeconds)
}

/** Beyond so many, the bucket that was used longest ago goes: it is full again by now, or nearly. */
const MOST = 10_000

/** Counts requests by whom they come from; tells how many seconds to wait where there were too many. */
export function counter(): (from: string, limit: Limit, nowMs: number) => number | undefined {
  const buckets = new Map<string, Bucket>()
  return (from, limit, nowMs) => {
    const { bucket, retryAfterSeconds } = take(buckets.get(from), limit, nowMs)
    buckets.delete(from)
    buckets.set(from, bucket)
    const [oldest] = buckets.keys()
    if (buckets.size > MOST && oldest !== undefined) buckets.delete(oldest)
    return retryAfterSeconds
  }
}

/** The same sentence for whoever counts. */
export function tooMany({ perSecond, burst }: Limit, retryAfterSeconds: number): Refused {
  const detail = `You have asked too often: ${burst} requests at once and ${perSecond} a second from then on are allowed. Send the same request again in ${retryAfterSeconds} s.`
  const { refusal } = refuse('too-many-requests', detail)
  return { ok: false, refusal: { ...refusal, retryAfterSeconds } }
}
