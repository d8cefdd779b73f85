import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda'
import type { Caller } from '../shared/domain/identity/caller.ts'
import { refuse, type Decision } from '../shared/domain/refusal.ts'
import { identify } from './callers/identify.ts'
import { unlessSuspended } from './callers/suspension.ts'
import { isPassingError } from './http/errors.ts'
import { log } from './http/log.ts'

/**
 * Who calls: asked by API Gateway, and by the local gateway, before every route that is not open to anyone. It lets all
 * requests through and tells the function who is calling, or why it is nobody: the functions refuse by the route table,
 * with a problem document, and none of them runs a route without having been told.
 */
export async function handler(event: Asked): Promise<Told> {
  return { isAuthorized: true, context: { caller: JSON.stringify(await callerOf(event)) } }
}

export type Asked = Pick<APIGatewayRequestAuthorizerEventV2, 'headers'> & {
  readonly requestContext: Pick<APIGatewayRequestAuthorizerEventV2['requestContext'], 'requestId'>
}

/** `caller` is the JSON of a `Decision<Caller>`. */
export interface Told {
  readonly isAuthorized: true
  readonly context: { readonly caller: string }
}

async function callerOf({ headers, requestContext }: Asked): Promise<Decision<Caller>> {
  try {
    const caller = await identify(headers?.['authorization'], new Date().toISOString())
    return caller.ok ? await unlessSuspended(caller.value) : caller
  } catch (error) {
    const known = error instanceof Error ? error : new Error('unknown')
    log('error', 'identification failed', { requestId: requestContext.requestId, error: known.name })
    return isPassingError(known)
      ? refuse(
          'unavailable',
          'The database does not answer just now. Send the same request again in a moment.',
        )
      : refuse('internal-error', 'This was our mistake, not yours. Please quote the request id.')
  }
}
