import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda'
import type { Voucher } from '../shared/domain/identity/caller.ts'
import { refuse } from '../shared/domain/refusal.ts'
import { identify, type Identified } from './callers/identify.ts'
import { refuseTooMany } from './callers/limits.ts'
import { unlessSuspended } from './callers/suspension.ts'
import { isPassingError } from './http/errors.ts'
import { log } from './http/log.ts'

/**
 * Who calls: asked by API Gateway, and by the local gateway, before every route that is not open to anyone. It lets all
 * requests through and tells the function who is calling, or why it is nobody: the functions refuse by the route table,
 * with a problem document, and none of them runs a route without having been told.
 */
export async function handler(event: Asked): Promise<Told> {
  const { caller, person } = await identified(event)
  return {
    isAuthorized: true,
    context: { caller: JSON.stringify(caller), ...(person && { person: person.ref }) },
  }
}

export type Asked = Pick<APIGatewayRequestAuthorizerEventV2, 'headers'> & {
  readonly requestContext: Pick<APIGatewayRequestAuthorizerEventV2['requestContext'], 'requestId'>
}

/** `caller` is the JSON of a `Decision<Caller>`; `person` is where the membership of whoever has signed in lies. */
export interface Told {
  readonly isAuthorized: true
  readonly context: { readonly caller: string; readonly person?: string }
}

/** Whose requests are counted: also those of a person who has signed in and is no member, or not any more. */
function voucherOf({ caller, person }: Identified): Voucher | undefined {
  if (caller.ok) return caller.value.by
  return person && { kind: 'person', id: person.ref }
}

async function identified({ headers, requestContext }: Asked): Promise<Identified> {
  try {
    const now = new Date()
    const found = await identify(headers?.['authorization'], now.toISOString())
    const by = voucherOf(found)
    const tooMany = by && refuseTooMany(by, now.getTime())
    if (tooMany) return { caller: tooMany }
    return found.caller.ok ? { ...found, caller: await unlessSuspended(found.caller.value) } : found
  } catch (error) {
    const known = error instanceof Error ? error : new Error('unknown')
    log('error', 'identification failed', { requestId: requestContext.requestId, error: known.name })
    const caller = isPassingError(known)
      ? refuse(
          'unavailable',
          'The database does not answer just now. Send the same request again in a moment.',
        )
      : refuse('internal-error', 'This was our mistake, not yours. Please quote the request id.')
    return { caller }
  }
}
