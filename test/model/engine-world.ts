import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { sowOrganisation } from '../../infra/sowing.ts'
import { forgetLists } from '../../functions/adapters/registry.ts'
import { startRuntime, type Runtime } from '../../infra/local/runtime.ts'
import { clientOf, type Answer, type Client } from '../client.ts'
import { temporaryFolder } from '../runtime.ts'
import { FACTORY, ORGANISATIONS } from './organisations.ts'
import type { Sent } from './requests.ts'

/** A runtime of its own, in this process so that its table can be looked into, with three organisations. */
export interface EngineWorld {
  readonly runtime: Runtime
  readonly client: Client
  readonly keyOf: (org: string) => string
  readonly send: (request: Sent, idempotencyKey: string) => Promise<Answer>
  readonly stop: () => Promise<void>
}

const FACTORY_KEY = 'tm_operator_of_the_factory'

export async function startWorld(): Promise<EngineWorld> {
  // A runtime before this one left its address behind.
  delete process.env['DYNAMODB_ENDPOINT']
  for (const { id } of ORGANISATIONS) forgetLists(id)
  const dataDir = await temporaryFolder()
  const runtime = await startRuntime({ host: '127.0.0.1', port: 0, dataDir, seed: 'none' })
  await sowOrganisation(FACTORY, FACTORY_KEY)
  const { organisation, keys, other } = runtime.credentials
  const operators = new Map([
    [organisation, keys.operator],
    [other.organisation, other.keys.operator],
    [FACTORY.id, FACTORY_KEY],
  ])
  const keyOf = (org: string): string => operators.get(org) ?? ''
  const client = clientOf(runtime.url)
  return {
    runtime,
    client,
    keyOf,
    send: ({ org, path, body, seen }, idempotencyKey) =>
      client.post(path, keyOf(org), body, {
        idempotencyKey,
        ...(seen && { headers: { 'if-match': seen.tag } }),
      }),
    stop: async () => {
      await runtime.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The nth Idempotency-Key of a world: the same in every playing, so that all ids are the same again. */
export function nthKey(n: number): string {
  const hex = createHash('sha256').update(`model ${n}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
