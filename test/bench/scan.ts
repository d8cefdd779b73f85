import { DynamoDBClient, GetItemCommand, type GetItemCommandInput } from '@aws-sdk/client-dynamodb'
import { handler } from '../../functions/scan.ts'
import { commandsSentBy } from './commands.ts'
import { call } from './http.ts'
import { inTurn } from './in-turn.ts'
import { again, type Invocation } from './invocation.ts'
import type { Product } from './lineage.ts'
import { decimal, type Section } from './report.ts'
import { race } from './throughput.ts'
import type { World } from './world.ts'

/** So many lots are scanned in turn that no scan profits from the one before it. */
export const SCANNED_LOTS = 400

/** The public page, beside the bare client reading the one item that the page is made of. */
export async function benchScan(world: World, product: Product): Promise<Section> {
  const reads: GetItemCommandInput[] = []
  const scans: Invocation[] = []
  for (const lot of product.lots) {
    const { read, invocation } = await scanOf(world, lot)
    reads.push(read)
    scans.push(invocation)
  }
  const bare = new DynamoDBClient({ endpoint: world.endpoint })
  try {
    return await race({
      title: 'scan: GET /b/{id}, HTML',
      notes: [
        `Floor: GetItem of the same passports, of lots of a product of ${decimal(product.pickups)} pickups.`,
        'Every page is made for its scan; nothing is kept. The gateway answers uncompressed.',
      ],
      floor: inTurn('bare client', reads, async (read) => void (await bare.send(new GetItemCommand(read)))),
      handlers: [inTurn('handler', scans, scanOnce)],
      gateway: inTurn('gateway, HTTP', product.lots, async (lot) => void (await readPage(world, lot))),
    })
  } finally {
    bare.destroy()
  }
}

async function scanOnce(invocation: Invocation): Promise<void> {
  const { event, context } = again(invocation)
  const { statusCode, body } = await handler(event, context)
  if (statusCode !== 200 || !body) throw new Error(`a scan was answered ${statusCode}`)
}

/** The page as a browser asks for it, uncompressed: compressing is CloudFront's work. */
export const readPage = ({ url }: World, batch: string, lang = 'en'): Promise<string> =>
  call(`${url}/b/${batch}?lang=${lang}`, 200, { headers: { accept: 'text/html' } })

/** What one scan comes down to: the read that the handler sends, and what the handler was called with. */
export async function scanOf(
  world: World,
  batch: string,
): Promise<{ read: GetItemCommandInput; invocation: Invocation }> {
  const [read, ...others] = await commandsSentBy(() => readPage(world, batch))
  if (!read || others.length > 0 || !('ConsistentRead' in read && 'Key' in read))
    throw new Error('a scan is no longer exactly one GetItem')
  return { read, invocation: world.lastInvocation() }
}
