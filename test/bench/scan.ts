import { DynamoDBClient, GetItemCommand, type GetItemCommandInput } from '@aws-sdk/client-dynamodb'
import { handler } from '../../functions/scan.ts'
import { commandsSentBy } from './commands.ts'
import { call } from './http.ts'
import { again, type Invocation } from './invocation.ts'
import type { Product } from './lineage.ts'
import type { Section } from './report.ts'
import { race } from './throughput.ts'
import type { World } from './world.ts'

/** The public page, beside the bare client reading the one item that the page is made of. */
export async function benchScan(world: World, product: Product): Promise<Section> {
  const { read, invocation } = await scanOf(world, product)
  const bare = new DynamoDBClient({ endpoint: world.endpoint })
  const repeat = (operation: () => Promise<void>) => (count: number) =>
    Array.from({ length: count }, () => operation)
  const floor = repeat(async () => void (await bare.send(new GetItemCommand(read))))
  const ownHandler = (count: number) =>
    Array.from({ length: count }, () => {
      const { event, context } = again(invocation)
      return async () => {
        const { statusCode, body } = await handler(event, context)
        if (statusCode !== 200 || !body) throw new Error(`a scan was answered ${statusCode}`)
      }
    })
  const gateway = repeat(async () => void (await readPage(world, product)))
  try {
    return await race(
      'scan: GET /b/{id}, HTML',
      {
        floor: { name: 'bare client', prepare: floor },
        handler: { name: 'handler', prepare: ownHandler },
        gateway: { name: 'gateway, HTTP', prepare: gateway },
      },
      [
        `Floor: GetItem of the same passport, of a product of ${product.pickups} pickups. The gateway answers uncompressed here.`,
      ],
    )
  } finally {
    bare.destroy()
  }
}

/** The page as a browser asks for it, uncompressed: compressing is CloudFront's work. */
export const readPage = ({ url }: World, product: Product, lang = 'en'): Promise<string> =>
  call(`${url}/b/${product.id}?lang=${lang}`, 200, { headers: { accept: 'text/html' } })

/** What one scan comes down to: the read that the handler sends, and what the handler was called with. */
export async function scanOf(
  world: World,
  product: Product,
): Promise<{ read: GetItemCommandInput; invocation: Invocation }> {
  const [read, ...others] = await commandsSentBy(() => readPage(world, product))
  if (!read || others.length > 0 || !('ConsistentRead' in read && 'Key' in read))
    throw new Error('a scan is no longer exactly one GetItem')
  return { read, invocation: world.lastInvocation() }
}
