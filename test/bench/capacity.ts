import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { dynamo } from '../../functions/adapters/client.ts'
import { itemBytes } from './items.ts'
import type { Product } from './lineage.ts'
import { decimal, section, type Section } from './report.ts'
import { scanOf } from './scan.ts'
import type { World } from './world.ts'

interface Values {
  readonly pickups: number
  readonly readUnits: number
  readonly itemBytes: number
}

const MOST_UNITS = 1

/** What a scan reads must not grow with what lies upstream. */
export async function benchCapacity(
  world: World,
  products: readonly Pick<Product, 'id' | 'pickups'>[],
): Promise<Section> {
  const measured: Values[] = []
  for (const product of products) measured.push(await capacityOf(world, product))
  const areSame = new Set(measured.map(({ readUnits }) => readUnits)).size === 1
  return section({
    title: 'capacity of one scan',
    columns: [
      { heading: 'read units', cell: ({ readUnits }: Values) => decimal(readUnits, 1) },
      { heading: 'item bytes', cell: ({ itemBytes }: Values) => decimal(itemBytes) },
    ],
    rows: measured.map((values) => ({
      label: `product of ${decimal(values.pickups)} pickups`,
      values,
      target: {
        text: `≤ ${MOST_UNITS}, the same for all`,
        met: values.readUnits <= MOST_UNITS && areSame,
      },
    })),
  })
}

async function capacityOf(world: World, product: Pick<Product, 'id' | 'pickups'>): Promise<Values> {
  const { read } = await scanOf(world, product.id)
  const { Item, ConsumedCapacity } = await dynamo().send(
    new GetItemCommand({ ...read, ReturnConsumedCapacity: 'TOTAL' }),
  )
  const readUnits = ConsumedCapacity?.CapacityUnits
  if (!Item || readUnits === undefined) throw new Error('the database did not say what the read cost')
  return { pickups: product.pickups, readUnits, itemBytes: itemBytes(Item) }
}
