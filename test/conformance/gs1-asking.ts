import { afterAll, beforeAll, expect } from 'vitest'
import type * as z from 'zod'
import { linksetView } from '../../shared/contract/answers/service.ts'
import { jsonOf, type Answer, type Client } from '../client.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { CONFORMANCE_GTINS, givenLots, type Lots } from './gs1-lots.ts'

/** A resolver with some lots, and what is asked of it and read from its answers. */
export interface Resolver {
  readonly client: () => Client
  readonly here: () => InProcess
  readonly lots: () => Lots
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>
  /** The whole address of a path. */
  readonly at: (path: string) => string
  /** The passport of the one lot of the GTIN `single`, whose code is {@link LOT}. */
  readonly passport: () => string
}

export const VOC = 'https://ref.gs1.org/voc/'
export const LINKSET = { accept: 'application/linkset+json' }
/** As browsers ask. */
export const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
export const LOT: string = `/01/${CONFORMANCE_GTINS.single}/10/ONLY`

export function resolverForTests(): Resolver {
  let started: { readonly here: InProcess; readonly lots: Lots } | undefined
  beforeAll(async () => {
    const here = await startInProcess()
    started = { here, lots: await givenLots(here) }
  })
  afterAll(async () => started?.here.end())
  const running = () => {
    if (!started) throw new Error('the runtime starts before the first test, not while tests are listed')
    return started
  }
  const at = (path: string): string => running().here.runtime.url + path
  return {
    client: () => running().here.client,
    here: () => running().here,
    lots: () => running().lots,
    get: (path, headers = {}) => running().here.client.get(path, { headers }),
    at,
    passport: () => at(`/b/${running().lots.only}`),
  }
}

export function locationOf(answer: Answer): string {
  expect(answer.status).toBe(307)
  return answer.headers.get('location') ?? ''
}

export const linksetOf = (answer: Answer): z.output<typeof linksetView>['linkset'] =>
  linksetView.parse(jsonOf(answer)).linkset
