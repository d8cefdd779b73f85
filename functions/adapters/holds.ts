import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { HoldReason } from '../../shared/domain/events/quality.ts'
import { dynamo, tableName } from './client.ts'
import { hashedEventIn, keyOf, number, text } from './items.ts'
import { eventKey, stateKey } from './keys.ts'
import { readItems } from './read.ts'

/**
 * How a hold reaches everything that was made of a batch. The ids of the BatchHeld events that rest on a batch or run
 * stand beside its state. Whenever the stream shows that some came or went, the same is done one step further: from a
 * batch to the runs it went into, from a run to the batches it made. So a hold spreads by itself, in as many parallel
 * steps as the lineage is deep, and a step that fails is done again, because adding to a set and taking from it are
 * the same however often they are done.
 *
 * Nothing slips through. A charge is conditional on the revision of the batch, which a mark raises: it is stored either
 * before the mark, and then its run stands in the state that the mark's record shows, or after it, and then it is
 * refused. What a run makes is born with the run's holds, under the same condition.
 */
export interface HoldChange {
  readonly came: readonly string[]
  readonly went: readonly string[]
}

/** A hold that is to be put beside a batch or run, or taken from there. */
export interface Mark {
  readonly subject: string
  readonly hold: string
  readonly change: 'came' | 'went'
}

/** Marks a batch or run, or takes the mark away. Does nothing where there is no such subject. Idempotent. */
export async function markHold({ subject, hold, change }: Mark): Promise<void> {
  const [action, isNew] = change === 'came' ? ['ADD', 'NOT '] : ['DELETE', '']
  try {
    await dynamo().send(
      new UpdateItemCommand({
        TableName: tableName(),
        Key: keyOf(stateKey(subject)),
        UpdateExpression: `SET revision = revision + :one ${action} holds :holds`,
        // A mark that is there already, or gone already, is not made again: the stream would carry it on for nothing.
        ConditionExpression: `attribute_exists(pk) AND ${isNew}contains(holds, :hold)`,
        ExpressionAttributeValues: { ':holds': { SS: [hold] }, ':hold': text(hold), ':one': number(1) },
      }),
    )
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
  }
}

/** What a hold says, for showing it. */
export interface HoldFacts {
  readonly event: string
  readonly batch: string
  readonly org: string
  readonly reason: HoldReason
  readonly since: string
}

/** The holds behind the ids of their events, in any number of batched reads. */
export async function readHolds(ids: readonly string[]): Promise<HoldFacts[]> {
  const items = await readItems([...new Set(ids)].map(eventKey))
  return items.flatMap((item) => {
    const { event } = hashedEventIn(item)
    if (event.type !== 'BatchHeld') return []
    const { id, data, org, occurredAt } = event
    return [{ event: id, batch: data.batch, org, reason: data.reason, since: occurredAt }]
  })
}
