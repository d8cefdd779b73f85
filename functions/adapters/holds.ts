import {
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb'
import type { HoldReason } from '../../shared/domain/events/quality.ts'
import { kindOfId } from '../../shared/domain/ids.ts'
import { isWritten } from './conditional.ts'
import { dynamo, tableName } from './client.ts'
import type { Subject } from '../../shared/domain/state/fold.ts'
import { hashedEventIn, keyOf, number, subjectIn, text, type Item } from './items.ts'
import { eventKey, stateKey } from './keys.ts'
import { readItems } from './read.ts'

/**
 * How a hold reaches everything that was made of a batch. The ids of the BatchHeld events that rest on a batch or run
 * stand beside its state. Whenever the stream shows that some came or went, the same is done one step further: from a
 * batch to the runs it went into, from a run to the batches it made. So a hold spreads by itself, in as many parallel
 * steps as the lineage is deep, and a step that fails is done again, because adding to a set and taking from it are
 * the same however often they are done.
 *
 * A hold that comes does not wait for the stream at each step: whoever marks something is given what stands there now,
 * goes on from that, and notes in `walked` that the record of this mark has nothing left to carry on. If they fail half
 * way, the record that they began with comes again, and they walk the same way again, past what is marked already. One
 * that goes takes the steps of the stream, which keeps the order of what comes to and goes from one item: so it cannot
 * overtake a mark that is still on its way.
 *
 * Nothing slips through. A charge is conditional on the revision of the batch, which a mark raises: it is stored either
 * before the mark, and then its run stands in the state that the mark's record shows, or after it, and then it is
 * refused. What a run makes is born with the run's holds, under the same condition.
 *
 * A charge that is taken back may free its run, which is decided by what else the run was charged with. That reads many
 * batches and writes on condition of the run's revision, which therefore every mark raises, also one that is there.
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
export async function markHold(mark: Mark): Promise<void> {
  await update(mark, 'SET revision = revision + :one', {})
}

/**
 * Marks a batch or run for somebody who goes on from it at once, and says what stands there: also where the mark was
 * there before, for whoever made it may have got no further. Undefined where nothing can be marked. Idempotent.
 */
export async function walkHold(mark: Mark & { readonly change: 'came' }): Promise<Subject | undefined> {
  const item = await update(mark, 'SET revision = revision + :one, walked = revision + :one', {
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  return item?.['holds']?.SS?.includes(mark.hold) === true ? subjectIn(item) : undefined
}

/** What is asked to be returned: as it is now, or where the condition failed, as it was. */
async function update(
  mark: Mark,
  revisions: string,
  returned: Pick<UpdateItemCommandInput, 'ReturnValues' | 'ReturnValuesOnConditionCheckFailure'>,
): Promise<Item | undefined> {
  const { condition, names, values } = conditionOf(mark)
  try {
    const { Attributes } = await dynamo().send(
      new UpdateItemCommand({
        TableName: tableName(),
        Key: keyOf(stateKey(mark.subject)),
        UpdateExpression: `${revisions} ${mark.change === 'came' ? 'ADD' : 'DELETE'} holds :holds`,
        ConditionExpression: condition,
        ...(names && { ExpressionAttributeNames: names }),
        ExpressionAttributeValues: { ':holds': { SS: [mark.hold] }, ':one': number(1), ...values },
        ...returned,
      }),
    )
    return Attributes
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error.Item
    throw error
  }
}

/**
 * What is gone already is not taken again, nor what a batch has already given to it: it has one run to come from. A
 * batch that is void has none any more, so a mark that was on its way to it when its run was opened again is too late.
 */
function conditionOf({ subject, hold, change }: Mark): {
  readonly condition: string
  readonly names?: Record<string, string>
  readonly values: Item
} {
  const isThere = 'attribute_exists(pk)'
  const values = { ':hold': text(hold) }
  if (change === 'went') return { condition: `${isThere} AND contains(holds, :hold)`, values }
  if (kindOfId(subject) === 'run') return { condition: isThere, values: {} }
  return {
    condition: `${isThere} AND NOT contains(holds, :hold) AND #status <> :void`,
    names: { '#status': 'status' },
    values: { ...values, ':void': text('void') },
  }
}

/** Takes marks from a subject that is still at this revision; false where it is not. */
export async function takeHolds(
  subject: string,
  holds: readonly string[],
  revision: number,
): Promise<boolean> {
  return isWritten(
    new UpdateItemCommand({
      TableName: tableName(),
      Key: keyOf(stateKey(subject)),
      UpdateExpression: 'SET revision = revision + :one DELETE holds :holds',
      ConditionExpression: 'revision = :revision',
      ExpressionAttributeValues: {
        ':holds': { SS: [...holds] },
        ':one': number(1),
        ':revision': number(revision),
      },
    }),
  )
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
