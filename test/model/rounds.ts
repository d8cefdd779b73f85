import { etagOf } from '../../functions/http/caching.ts'
import { problemOf } from '../client.ts'
import { nthKey, type EngineWorld } from './engine-world.ts'
import { latestOf, pick, type Known } from './known.ts'
import type { Intent } from './intent.ts'
import { changedBy, requestOf, type Sent } from './requests.ts'
import { resolve } from './resolve.ts'
import type { Condition, Sending } from './steps.ts'

/** One request that was sent, and what was answered. */
export interface Told {
  readonly key: string
  readonly request: Sent
  readonly status: number
  readonly text: string
  /** Whether this very answer had been given before. */
  readonly isReplay: boolean
  /** Of a refusal. */
  readonly code?: string
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
const KEYS_PER_ROUND = 1_000

/** In every other round all want something of the same few. */
const FEW = 8

/**
 * Sends a round in two waves, each at once, as people would who all look at the world as it was before: rivals want the
 * same with keys of their own, resends use the same key again. Between the waves everything is answered, but the stream
 * may not have carried it on. And one request that was answered long ago comes once more.
 */
export async function playRound(world: EngineWorld, known: Known, round: Round): Promise<Told[]> {
  const seen = round.round % 2 === 0 ? known : latestOf(known, FEW)
  const wanted = round.sendings.map((sending, index) => copiesOf(sending, seen, round.round, index))
  const done = round.before.filter(({ status }) => status === 201)
  const again = pick(done, round.round * 31)
  const half = Math.ceil(wanted.length / 2)
  const first = await sendAll(world, round.round, [
    ...wanted.slice(0, half).flat(),
    ...(again ? [again] : []),
  ])
  return [...first, ...(await sendAll(world, round.round, wanted.slice(half).flat()))]
}

type Wanted = Pick<Told, 'key' | 'request'>

function copiesOf(
  { step, rivals, resends, condition }: Sending,
  known: Known,
  round: number,
  index: number,
): Wanted[] {
  const intent = resolve(step, known, round * 6)
  if (!intent) return []
  const request = { ...requestOf(intent), ...seenOf(intent, condition, known) }
  const keyOf = (copy: number): string => nthKey(round * KEYS_PER_ROUND + index * 10 + copy)
  return [
    ...Array.from({ length: 1 + resends }, () => ({ key: keyOf(0), request })),
    ...Array.from({ length: rivals }, (_, rival) => ({ key: keyOf(1 + rival), request })),
  ]
}

function sendAll(world: EngineWorld, round: number, wanted: readonly Wanted[]): Promise<Told[]> {
  return Promise.all(
    wanted.map(async ({ key, request }) => {
      const answer = await world.send(request, key)
      const { status, text } = answer
      const said = status === 201 ? '' : ` ${text}`
      const { org, path, body, seen } = request
      const line = `round ${round}: ${status} ${org} ${path} ${seen?.tag ?? ''} ${key} ${JSON.stringify(body)}${said}`
      const isReplay = answer.headers.get('idempotent-replayed') === 'true'
      const code = status === 201 ? {} : { code: problemOf(answer).code }
      return { key, request, status, text, isReplay, line, ...code }
    }),
  )
}

/** As a reader is given it: the version, and what holds it; or what was current one version earlier. */
function seenOf(intent: Intent, condition: Condition, known: Known): Pick<Sent, 'seen'> {
  const subject = known.subjects.get(changedBy(intent) ?? '')
  if (!subject || condition === 'none') return {}
  const isStale = condition === 'stale'
  const version = subject.version - (isStale ? 1 : 0)
  const tag = isStale ? `"${version}"` : etagOf({ subject, holds: known.holds.get(subject.id) ?? [] })
  return { seen: { subject: subject.id, version, isStale, tag } }
}
