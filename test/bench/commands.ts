import type { ServiceInputTypes } from '@aws-sdk/client-dynamodb'
import { dynamo } from '../../functions/adapters/client.ts'

const RECORDER = 'bench-recorder'

/** What the adapters' own client sends to the database while `work` runs: the floor is made of the same commands. */
export async function commandsSentBy(work: () => Promise<unknown>): Promise<ServiceInputTypes[]> {
  const sent: ServiceInputTypes[] = []
  const stack = dynamo().middlewareStack
  stack.add(
    (next) => (args) => {
      sent.push(args.input)
      return next(args)
    },
    { step: 'initialize', name: RECORDER },
  )
  try {
    await work()
  } finally {
    stack.remove(RECORDER)
  }
  return sent
}
