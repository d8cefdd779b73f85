import { randomUUID } from 'node:crypto'
import type { Context } from 'aws-lambda'
import type { HttpEvent } from '../../functions/http/http.ts'
import type { LambdaHandler } from '../../infra/local/gateway.ts'
import type { FunctionName } from '../../shared/contract/functions.ts'

/** What a handler is called with. The gateway makes one from a real request; the bench makes more like it. */
export interface Invocation {
  readonly event: HttpEvent
  readonly context: Context
}

/** Handlers that remember their last invocation, so that the bench calls them with the very events the gateway makes. */
export function recordingHandlers(handlers: ReadonlyMap<FunctionName, LambdaHandler>): {
  readonly handlers: Map<FunctionName, LambdaHandler>
  readonly last: () => Invocation
} {
  let last: Invocation | undefined
  const recording = [...handlers].map(([name, handler]): [FunctionName, LambdaHandler] => [
    name,
    (event, context) => {
      last = { event, context }
      return handler(event, context)
    },
  ])
  return {
    handlers: new Map(recording),
    last: () => {
      if (!last) throw new Error('the gateway has called no handler yet')
      return last
    },
  }
}

const INVOCATION_MS = 10_000

/** The same request once more, as a new invocation; with another body and Idempotency-Key where it has a body. */
export function again({ event, context }: Invocation, body?: string): Invocation {
  const requestId = randomUUID()
  return {
    event: {
      ...event,
      requestContext: { ...event.requestContext, requestId },
      ...(body !== undefined && { body, headers: { ...event.headers, 'idempotency-key': randomUUID() } }),
    },
    // The remembered context's own time has run out by now.
    context: { ...context, awsRequestId: requestId, getRemainingTimeInMillis: () => INVOCATION_MS },
  }
}
