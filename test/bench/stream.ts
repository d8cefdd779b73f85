import type { AttributeValue, ServiceInputTypes } from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { dynamo } from '../../functions/adapters/client.ts'
import type { Item } from '../../functions/adapters/items.ts'
import { keyText } from './seeding.ts'

/**
 * The stream's records, without the stream: what the adapters' own client writes to states while the capture is on, each
 * with its old and new image. An update is asked to return the new image, which costs nothing; the old one is what the
 * item was before, as it was seeded or last written here.
 */
export interface Capture {
  /** The records since the last call. */
  readonly take: () => DynamoDBRecord[]
  readonly stop: () => void
}

const CAPTURE = 'bench-capture'
const STATE = ' STATE'

export function captureRecords(seeded: ReadonlyMap<string, Item>): Capture {
  const images = new Map(seeded)
  let records: DynamoDBRecord[] = []
  const note = (image: Item): void => {
    const key = keyText(image)
    if (!key.endsWith(STATE)) return
    records.push(recordOf(image, images.get(key)))
    images.set(key, image)
  }
  const stack = dynamo().middlewareStack
  stack.add(
    (next, { commandName }) =>
      async (args) => {
        const isUpdate = commandName === 'UpdateItemCommand'
        const input = isUpdate ? { ...args.input, ReturnValues: 'ALL_NEW' as const } : args.input
        const answered = await next({ ...args, input })
        putsIn(args.input).forEach(note)
        if (isUpdate && 'Attributes' in answered.output && answered.output.Attributes)
          note(answered.output.Attributes)
        return answered
      },
    { step: 'initialize', name: CAPTURE },
  )
  return {
    take: () => {
      const taken = records
      records = []
      return taken
    },
    stop: () => void stack.remove(CAPTURE),
  }
}

function putsIn(input: ServiceInputTypes): Item[] {
  if (!('TransactItems' in input)) return []
  return (input.TransactItems ?? []).flatMap((item) =>
    'Put' in item && item.Put?.Item ? [item.Put.Item] : [],
  )
}

let sequence = 0

/** A record as Lambda passes it: bytes in base64. */
export function recordOf(image: Item, before?: Item): DynamoDBRecord {
  const NewImage = lambdaImage(image)
  const { pk, sk } = NewImage
  return {
    dynamodb: {
      ...(pk && sk && { Keys: { pk, sk } }),
      NewImage,
      ...(before && { OldImage: lambdaImage(before) }),
      SequenceNumber: String(sequence++),
    },
  }
}

type LambdaImage = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>

function lambdaImage(item: Item): LambdaImage {
  const image: LambdaImage = JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(item).map(([name, value]) => [name, inBase64(value)]))),
  )
  return image
}

const inBase64 = (value: AttributeValue): object =>
  value.B ? { B: Buffer.from(value.B).toString('base64') } : value
