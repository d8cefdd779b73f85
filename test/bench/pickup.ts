import { randomBytes } from 'node:crypto'
import {
  BatchGetItemCommand,
  DynamoDBClient,
  TransactWriteItemsCommand,
  type BatchGetItemCommandInput,
  type ServiceInputTypes,
  type TransactWriteItemsCommandInput,
} from '@aws-sdk/client-dynamodb'
import { handler as authorizer } from '../../functions/authorizer.ts'
import { handler } from '../../functions/pickups.ts'
import { idFromBytes } from '../../shared/domain/ids.ts'
import { pickupBody, pickupWithPhotoBody } from './coast.ts'
import { commandsSentBy } from './commands.ts'
import { call, postHeaders } from './http.ts'
import { again, type Invocation } from './invocation.ts'
import { itemBytes } from './items.ts'
import type { Contender } from './measure.ts'
import { decimal, type Section } from './report.ts'
import { race } from './throughput.ts'
import type { World } from './world.ts'

interface Kind {
  readonly title: string
  readonly body: (n: number) => object
  /** What the floor writes and reads; another number of items throws. */
  readonly items: number
  readonly reads: number
  readonly rounds?: number
}

/** Recording a pickup, beside the bare client sending the transaction that recording a pickup comes down to. */
export const benchPickup = (world: World): Promise<Section> =>
  benchKind(world, { title: 'pickup: POST /v1/pickups', body: pickupBody, items: 2, reads: 0 })

/** The same with a photo, which is looked up first, and then claimed by an item of its own. */
export const benchPickupWithPhoto = (world: World): Promise<Section> =>
  benchKind(world, {
    title: 'pickup with one photo: POST /v1/pickups',
    body: pickupWithPhotoBody,
    items: 3,
    reads: 1,
    rounds: 7,
  })

async function benchKind(world: World, { title, body, items, reads, rounds }: Kind): Promise<Section> {
  // The first call reads what is then kept of the caller.
  await post(world, JSON.stringify(body(0)))
  const sent = await commandsSentBy(() => post(world, JSON.stringify(body(1))))
  const recorded = recordedIn(sent)
  const sizes = recorded.puts.map((item) => itemBytes(item))
  if (sizes.length !== items || recorded.reads.length !== reads || sent.length !== reads + 1)
    throw new Error(`a pickup wrote ${sizes.length} items in ${sent.length} commands; the floor ${items}`)
  const bare = new DynamoDBClient({ endpoint: world.endpoint })
  const looksUp = reads > 0 ? ', and before it the same BatchGetItem' : ''
  try {
    return await race({
      title,
      notes: [
        `Floor: TransactWriteItems of the same ${items} items, ${sizes.map((size) => decimal(size)).join(', ')} bytes${looksUp}.`,
      ],
      floor: bareCommands(bare, recorded),
      handlers: [ownHandler(world, body)],
      gateway: gateway(world, body),
      ...(rounds !== undefined && { rounds }),
    })
  } finally {
    bare.destroy()
  }
}

/** It may add 15 % to the time that a pickup takes. */
const IDENTIFIED_SHARE = 1 / 1.15

/** A pickup with its caller found out first, beside one whose caller is known. */
export async function benchIdentifying(world: World): Promise<Section> {
  await post(world, JSON.stringify(pickupBody(0)))
  return race({
    title: 'identifying the caller: POST /v1/pickups by an API key',
    notes: ['Floor: the handler, told who calls. Beside it: first the authorizer, then the handler.'],
    floor: ownHandler(world, pickupBody),
    handlers: [ownHandler(world, pickupBody, 'authorizer, handler')],
    leastShare: IDENTIFIED_SHARE,
  })
}

interface Recorded {
  readonly reads: readonly BatchGetItemCommandInput[]
  readonly transaction: TransactWriteItemsCommandInput
  readonly puts: readonly Parameters<typeof itemBytes>[0][]
}

function recordedIn(sent: readonly ServiceInputTypes[]): Recorded {
  const reads = sent.flatMap((input) => (isBatchGet(input) ? [input] : []))
  const [transaction] = sent.flatMap((input) => (isTransaction(input) ? [input] : []))
  if (!transaction) throw new Error('a pickup is no longer a transaction')
  const puts = (transaction.TransactItems ?? []).flatMap(({ Put }) => (Put?.Item ? [Put.Item] : []))
  return { reads, transaction, puts }
}

const isTransaction = (input: ServiceInputTypes): input is TransactWriteItemsCommandInput =>
  'TransactItems' in input && (input.TransactItems ?? []).some((item) => 'Put' in item)
const isBatchGet = (input: ServiceInputTypes): input is BatchGetItemCommandInput =>
  'RequestItems' in input && Object.values(input.RequestItems ?? {}).every((wanted) => 'Keys' in wanted)

/** What was recorded, under ever new ids and hashes of the same length, so that sizes and conditions are the same. */
function bareCommands(client: DynamoDBClient, { reads, transaction, puts }: Recorded): Contender {
  const template = JSON.stringify({ reads, transaction })
  const id = keyPart(puts, /^B#(.+)$/)
  const photo = keyPart(puts, /^F#(.+)$/)
  if (id === undefined) throw new Error('the items of a pickup have no id')
  return {
    name: 'bare client',
    prepare: (count) =>
      Array.from({ length: count }, () => {
        const fresh: Pick<Recorded, 'reads' | 'transaction'> = JSON.parse(
          template
            .replaceAll(id, idFromBytes('batch', randomBytes(32)))
            .replaceAll(photo ?? id, randomBytes(32).toString('hex')),
        )
        return async () => {
          for (const read of fresh.reads) await client.send(new BatchGetItemCommand(read))
          await client.send(new TransactWriteItemsCommand(fresh.transaction))
        }
      }),
  }
}

/** The first part of a key that the pattern finds. */
const keyPart = (puts: Recorded['puts'], pattern: RegExp): string | undefined =>
  puts.flatMap((item) => pattern.exec(item['pk']?.S ?? '')?.[1] ?? [])[0]

function ownHandler(
  { lastInvocation }: World,
  body: Kind['body'],
  name: 'handler' | 'authorizer, handler' = 'handler',
): Contender {
  const template = lastInvocation()
  return {
    name,
    prepare: (count) =>
      Array.from({ length: count }, (_, n) => {
        const { event, context } = again(template, JSON.stringify(body(n)))
        return async () => {
          const called = name === 'handler' ? event : await identified(event)
          const { statusCode, body: answer } = await handler(called, context)
          if (statusCode !== 201) throw new Error(`a pickup was answered ${statusCode}: ${answer}`)
        }
      }),
  }
}

/** The event with its caller found out anew, as the gateway does it. */
async function identified(event: Invocation['event']): Promise<Invocation['event']> {
  const { context } = await authorizer(event)
  return { ...event, requestContext: { ...event.requestContext, authorizer: { lambda: context } } }
}

const gateway = (world: World, body: Kind['body']): Contender => ({
  name: 'gateway, HTTP',
  prepare: (count) =>
    Array.from({ length: count }, (_, n) => {
      const text = JSON.stringify(body(n))
      return async () => void (await post(world, text))
    }),
})

const post = (world: World, body: string): Promise<string> =>
  call(`${world.url}/v1/pickups`, 201, { method: 'POST', headers: postHeaders(world), body })
