import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb'
import { dynamo } from '../../functions/adapters/client.ts'

/** What some work asked of the database, in its own words. */
export interface Metered {
  readonly requests: number
  readonly transactions: number
  /** Items in transactions. */
  readonly items: number
  readonly readUnits: number
  readonly writeUnits: number
  /** Writes that a condition refused. The engine does not say what they cost; on AWS they cost as if they were done. */
  readonly refused: number
  readonly ms: number
}

const READS = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand'])
const METER = 'bench-meter'

/** Counts what the adapters' own client sends while `work` runs, and what the engine says that each command consumed. */
export async function metered<T>(work: () => Promise<T>): Promise<{ result: T; metered: Metered }> {
  const sum = { requests: 0, transactions: 0, items: 0, readUnits: 0, writeUnits: 0, refused: 0 }
  const stack = dynamo().middlewareStack
  stack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const { input } = args
        sum.requests++
        if ('TransactItems' in input) {
          sum.transactions++
          sum.items += input.TransactItems?.length ?? 0
        }
        try {
          const answered = await next({ ...args, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } })
          sum[READS.has(commandName) ? 'readUnits' : 'writeUnits'] += unitsIn(answered.output)
          return answered
        } catch (error) {
          if (error instanceof Error && error.name === 'ConditionalCheckFailedException') sum.refused++
          throw error
        }
      },
    { step: 'initialize', name: METER },
  )
  const begun = performance.now()
  try {
    const result = await work()
    return { result, metered: { ...sum, ms: performance.now() - begun } }
  } finally {
    stack.remove(METER)
  }
}

function unitsIn(output: object): number {
  if (!('ConsumedCapacity' in output)) return 0
  const consumed = output.ConsumedCapacity
  const all = Array.isArray(consumed) ? consumed : [consumed]
  return all.reduce<number>((sum, one: ConsumedCapacity | undefined) => sum + (one?.CapacityUnits ?? 0), 0)
}

/** Both together, one after the other. */
export function addMetered(a: Metered, b: Metered): Metered {
  return {
    requests: a.requests + b.requests,
    transactions: a.transactions + b.transactions,
    items: a.items + b.items,
    readUnits: a.readUnits + b.readUnits,
    writeUnits: a.writeUnits + b.writeUnits,
    refused: a.refused + b.refused,
    ms: a.ms + b.ms,
  }
}
