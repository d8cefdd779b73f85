import type { Capacity, ConsumedCapacity, ServiceInputTypes } from '@aws-sdk/client-dynamodb'
import { dynamo } from '../../../functions/adapters/client.ts'
import type { Item } from '../../../functions/adapters/items.ts'
import type { Place, Units } from '../../../infra/cost/measured.ts'

/** One command to the database, with what the engine says that it consumed of the table and of each index. */
export interface Recorded {
  readonly command: string
  readonly input: ServiceInputTypes
  readonly writes: Units
  readonly reads: Units
}

const RECORDER = 'cost-recorder'
const READS = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand'])

/** What the adapters' own client asks of the database while `work` runs. */
export async function recorded<T>(work: () => Promise<T>): Promise<{ result: T; commands: Recorded[] }> {
  const commands: Recorded[] = []
  const stack = dynamo().middlewareStack
  stack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answered = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } })
        const units = unitsIn(answered.output)
        const isRead = READS.has(commandName)
        commands.push({
          command: commandName,
          input: args.input,
          writes: isRead ? NOTHING : units,
          reads: isRead ? units : NOTHING,
        })
        return answered
      },
    { step: 'initialize', name: RECORDER },
  )
  try {
    return { result: await work(), commands }
  } finally {
    stack.remove(RECORDER)
  }
}

export const NOTHING: Units = { table: 0, bySite: 0, byPerson: 0, byWeigher: 0 }

export const addUnits = (a: Units, b: Units): Units => mapUnits(a, (value, place) => value + b[place])

export const mapUnits = (units: Units, change: (value: number, place: Place) => number): Units => ({
  table: change(units.table, 'table'),
  bySite: change(units.bySite, 'bySite'),
  byPerson: change(units.byPerson, 'byPerson'),
  byWeigher: change(units.byWeigher, 'byWeigher'),
})

function unitsIn(output: object): Units {
  if (!('ConsumedCapacity' in output)) throw new Error('the engine did not say what a command consumed')
  const consumed = output.ConsumedCapacity
  const all: (ConsumedCapacity | undefined)[] = Array.isArray(consumed) ? consumed : [consumed]
  return all.map((one) => (one ? unitsOf(one) : NOTHING)).reduce(addUnits, NOTHING)
}

/** Requires that the parts add up to the whole, so that nothing is left out. */
function unitsOf({ CapacityUnits = 0, Table, GlobalSecondaryIndexes = {} }: ConsumedCapacity): Units {
  const of = (capacity: Capacity | undefined): number => capacity?.CapacityUnits ?? 0
  const units: Units = {
    table: of(Table),
    bySite: of(GlobalSecondaryIndexes['bySite']),
    byPerson: of(GlobalSecondaryIndexes['byPerson']),
    byWeigher: of(GlobalSecondaryIndexes['byWeigher']),
  }
  const sum = units.table + units.bySite + units.byPerson + units.byWeigher
  if (Math.abs(sum - CapacityUnits) > 1e-9)
    throw new Error(`the engine says ${CapacityUnits} units, and ${sum} by table and indexes`)
  return units
}

/** The partition keys that a command names, without their ids: `B#`, `O#` … */
export function partitionsOf(input: ServiceInputTypes): string[] {
  return keysOf(input).map(({ pk }) => pk?.S?.replace(/#.*$/s, '#') ?? '')
}

/** The keys of the items that a command reads or writes one by one. */
export function keysOf(input: ServiceInputTypes): Item[] {
  if ('TransactItems' in input) {
    return (input.TransactItems ?? []).flatMap((item) => {
      if ('Put' in item && item.Put?.Item) return [item.Put.Item]
      return 'Update' in item && item.Update?.Key ? [item.Update.Key] : []
    })
  }
  if ('RequestItems' in input) {
    return Object.values(input.RequestItems ?? {}).flatMap((wanted) =>
      'Keys' in wanted ? (wanted.Keys ?? []) : [],
    )
  }
  if ('Key' in input && input.Key) return [input.Key]
  return 'Item' in input && input.Item ? [input.Item] : []
}
