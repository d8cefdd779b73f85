import { nthKey, type EngineWorld } from './engine-world.ts'
import type { Known } from './known.ts'
import { requestOf, type Sent } from './requests.ts'
import { resolve } from './resolve.ts'
import type { Sending } from './steps.ts'

/** One request that was sent, and what was answered. */
export interface Told {
  readonly key: string
  readonly request: Sent
  readonly status: number
  readonly text: string
  /** For reading, when something went wrong. */
  readonly line: string
}

export interface Round {
  readonly round: number
  readonly sendings: readonly Sending[]
  /** All that was answered in earlier rounds. */
  readonly before: readonly Told[]
}

/** Many times as many keys as there are sendings in a round, so that no key is used for two things. */
const KEYS_PER_ROUND = 100

/**
 * Sends everything of a round at once, as people would who all look at the world as it was before: rivals want the same
 * with keys of their own, resends use the same key again. And one request that was answered long ago comes once more.
 */
export async function playRound(
  world: EngineWorld,
  known: Known,
  { round, sendings, before }: Round,
): Promise<Told[]> {
  const wanted = sendings.flatMap(({ step, rivals, resends }, index) => {
    const intent = resolve(step, known, round * 6)
    if (!intent) return []
    const request = requestOf(intent)
    const own = nthKey(round * KEYS_PER_ROUND + index * 10)
    return [
      ...Array.from({ length: 1 + resends }, () => ({ key: own, request })),
      ...Array.from({ length: rivals }, (_, rival) => ({
        key: nthKey(round * KEYS_PER_ROUND + index * 10 + 1 + rival),
        request,
      })),
    ]
  })
  const done = before.filter(({ status }) => status === 201)
  const again = done[(round * 31) % Math.max(1, done.length)]
  return Promise.all(
    [...wanted, ...(again ? [again] : [])].map(async ({ key, request }) => {
      const { status, text } = await world.send(request, key)
      const said = status === 201 ? '' : ` ${text}`
      const line = `round ${round}: ${status} ${request.org} ${request.path} ${key} ${JSON.stringify(request.body)}${said}`
      return { key, request, status, text, line }
    }),
  )
}

/** Nothing fails on our side, and whoever sends the same again is told the same again. */
export function answersComplaints(told: readonly Told[]): string[] {
  const first = new Map<string, string>()
  return told.flatMap(({ key, status, text, line }) => {
    if (status >= 500 || (status >= 300 && status < 400)) return [`failed: ${line}`]
    if (status !== 201) return []
    const known = first.get(key)
    if (known === undefined) first.set(key, text)
    return known === undefined || known === text ? [] : [`answered differently: ${line}`]
  })
}
