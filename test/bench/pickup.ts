import { randomBytes } from 'node:crypto'
import { DynamoDBClient, TransactWriteItemsCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb'
import type { Item } from '../../functions/adapters/items.ts'
import { handler } from '../../functions/pickups.ts'
import { idFromBytes } from '../../shared/domain/ids.ts'
import { pickupBody } from './coast.ts'
import { commandsSentBy } from './commands.ts'
import { call, postHeaders } from './http.ts'
import { again } from './invocation.ts'
import { itemBytes } from './items.ts'
import type { Contender } from './measure.ts'
import { decimal, type Section } from './report.ts'
import { race } from './throughput.ts'
import type { World } from './world.ts'

/** Recording a pickup, beside the bare client sending the transaction that recording a pickup comes down to. */
export async function benchPickup(world: World): Promise<Section> {
  const sent = await commandsSentBy(() => post(world, JSON.stringify(pickupBody(1))))
  const puts = sent.flatMap((input) =>
    'TransactItems' in input
      ? (input.TransactItems ?? []).flatMap((item) => ('Put' in item && item.Put ? [item.Put] : []))
      : [],
  )
  const sizes = puts.map((put) => itemBytes(put.Item ?? {}))
  if (sizes.length !== 2) throw new Error(`a pickup wrote ${sizes.length} items; the floor writes two`)
  const bare = new DynamoDBClient({ endpoint: world.endpoint })
  const floor = bareTransaction(
    bare,
    puts.map((Put) => ({ Put })),
  )
  try {
    return await race({
      title: 'pickup: POST /v1/pickups',
      notes: [
        `Floor: TransactWriteItems of the same two items, ${sizes.map((size) => decimal(size)).join(' and ')} bytes.`,
      ],
      floor,
      handlers: [ownHandler(world)],
      gateway: gateway(world),
    })
  } finally {
    bare.destroy()
  }
}

/** The recorded transaction under ever new ids of the same length, so that every size and every condition is the same. */
function bareTransaction(client: DynamoDBClient, transaction: TransactWriteItem[]): Contender {
  const template = JSON.stringify(transaction)
  const recordedId = idIn(transaction[0]?.Put?.Item)
  return {
    name: 'bare client',
    prepare: (count) =>
      Array.from({ length: count }, () => {
        const id = idFromBytes('batch', randomBytes(32))
        const items: TransactWriteItem[] = JSON.parse(template.replaceAll(recordedId, id))
        return async () => void (await client.send(new TransactWriteItemsCommand({ TransactItems: items })))
      }),
  }
}

function idIn(item: Item | undefined): string {
  const id = item?.['pk']?.S?.split('#')[1]
  if (id === undefined) throw new Error('the first item of a pickup has no id')
  return id
}

function ownHandler({ lastInvocation }: World): Contender {
  const template = lastInvocation()
  return {
    name: 'handler',
    prepare: (count) =>
      Array.from({ length: count }, (_, n) => {
        const { event, context } = again(template, JSON.stringify(pickupBody(n)))
        return async () => {
          const { statusCode, body } = await handler(event, context)
          if (statusCode !== 201) throw new Error(`a pickup was answered ${statusCode}: ${body}`)
        }
      }),
  }
}

const gateway = (world: World): Contender => ({
  name: 'gateway, HTTP',
  prepare: (count) =>
    Array.from({ length: count }, (_, n) => {
      const body = JSON.stringify(pickupBody(n))
      return async () => void (await post(world, body))
    }),
})

const post = (world: World, body: string): Promise<string> =>
  call(`${world.url}/v1/pickups`, 201, { method: 'POST', headers: postHeaders(world), body })
