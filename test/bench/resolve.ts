import { DynamoDBClient, GetItemCommand, type GetItemCommandInput } from '@aws-sdk/client-dynamodb'
import { handler } from '../../functions/resolver.ts'
import { commandsSentBy } from './commands.ts'
import { call } from './http.ts'
import { again, type Invocation } from './invocation.ts'
import type { Product } from './lineage.ts'
import { inTurn } from './in-turn.ts'
import { decimal, type Section } from './report.ts'
import { race } from './throughput.ts'
import type { World } from './world.ts'

const REDIRECTED = 307

/** A GS1 Digital Link that names its lot, beside the bare client reading the one item that says where it leads. */
export async function benchResolve(world: World, { codes }: Product): Promise<Section> {
  const reads: GetItemCommandInput[] = []
  const invocations: Invocation[] = []
  for (const code of codes) {
    reads.push(await readOf(world, code))
    invocations.push(world.lastInvocation())
  }
  const bare = new DynamoDBClient({ endpoint: world.endpoint })
  try {
    const units = await unitsOf(bare, reads[0])
    return await race({
      title: 'resolving a GS1 Digital Link: GET /01/{gtin}/10/{lot}',
      notes: [
        `Floor: GetItem of the same items, ${decimal(units, 1)} read units each; of ${decimal(codes.length)} lots of one GTIN.`,
      ],
      floor: inTurn('bare client', reads, async (read) => void (await bare.send(new GetItemCommand(read)))),
      handlers: [inTurn('handler', invocations, resolveOnce)],
      gateway: inTurn('gateway, HTTP', codes, async (code) => void (await resolve(world, code))),
    })
  } finally {
    bare.destroy()
  }
}

const resolve = ({ url }: World, code: string): Promise<string> => call(url + code, REDIRECTED)

/** What a request sends to the database, which must be one read. */
async function readOf(world: World, code: string): Promise<GetItemCommandInput> {
  const [read, ...others] = await commandsSentBy(() => resolve(world, code))
  if (!read || others.length > 0 || !('ConsistentRead' in read && 'Key' in read))
    throw new Error('resolving a code is no longer exactly one GetItem')
  return read
}

async function unitsOf(client: DynamoDBClient, read: GetItemCommandInput | undefined): Promise<number> {
  if (!read) throw new Error('there is no code to resolve')
  const asked = { ...read, ReturnConsumedCapacity: 'TOTAL' } as const
  const { ConsumedCapacity } = await client.send(new GetItemCommand(asked))
  return ConsumedCapacity?.CapacityUnits ?? Number.NaN
}

async function resolveOnce(invocation: Invocation): Promise<void> {
  const { event, context } = again(invocation)
  const { statusCode } = await handler(event, context)
  if (statusCode !== REDIRECTED) throw new Error(`a code was answered ${statusCode}`)
}
