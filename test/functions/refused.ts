import { expect } from 'vitest'
import { problemOf, type Answer, type ProblemDocument } from '../client.ts'
import type { TestRuntime } from '../runtime.ts'

/** What a refusal has to say. */
export interface Expected {
  readonly status: number
  readonly code: string
  /** Where in the body or query, as a JSON Pointer; checked against the fault that says `says`. */
  readonly pointer?: string
  /** Parts of the sentence: what was given and what is allowed. */
  readonly says?: readonly string[]
}

/** Sends something wrong: it must be refused as expected, in a problem document, and nothing may have changed. */
export async function refused(
  runtime: TestRuntime,
  send: () => Promise<Answer>,
  expected: Expected,
): Promise<ProblemDocument> {
  const before = await everything(runtime)
  const problem = expectProblem(await send(), expected)
  expect(await everything(runtime)).toEqual(before)
  return problem
}

/** That an answer is the problem document expected; for tests that look at what did not change themselves. */
export function expectProblem(
  answer: Answer,
  { status, code, pointer, says = [] }: Expected,
): ProblemDocument {
  const problem = problemOf(answer)
  expect(problem).toMatchObject({ status, code, type: `/problems/${code}` })
  const fault = pointer === undefined ? problem : problem.errors?.find((error) => error.pointer === pointer)
  expect(fault).toBeDefined()
  for (const words of says) expect(fault?.detail).toContain(words)
  return problem
}

/** All that can be seen from outside: every batch of both organisations, and how many events each has. */
async function everything(runtime: TestRuntime): Promise<unknown[]> {
  const seen: unknown[] = []
  for (const key of [runtime.keys.auditor, runtime.otherKeys.auditor]) {
    for (const batch of await runtime.allBatches(key)) {
      const { headers } = await runtime.get(`/v1/batches/${batch.id}`, { key })
      seen.push({ batch, etag: headers.get('etag') })
    }
  }
  return seen
}
