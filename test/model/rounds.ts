import { nthKey, type EngineWorld } from './engine-world.ts'
import { latestOf, pick, type Known } from './known.ts'
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

function copiesOf({ step, rivals, resends }: Sending, known: Known, round: number, index: number): Wanted[] {
  const intent = resolve(step, known, round * 6)
  if (!intent) return []
  const request = requestOf(intent)
  const keyOf = (copy: number): string => nthKey(round * KEYS_PER_ROUND + index * 10 + copy)
  return [
    ...Array.from({ length: 1 + resends }, () => ({ key: keyOf(0), request })),
    ...Array.from({ length: rivals }, (_, rival) => ({ key: keyOf(1 + rival), request })),
  ]
}

function sendAll(world: EngineWorld, round: number, wanted: readonly Wanted[]): Promise<Told[]> {
  return Promise.all(
    wanted.map(async ({ key, request }) => {
      const { status, text } = await world.send(request, key)
      const said = status === 201 ? '' : ` ${text}`
      const { org, path, body } = request
      const line = `round ${round}: ${status} ${org} ${path} ${key} ${JSON.stringify(body)}${said}`
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
