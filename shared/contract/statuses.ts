import { REFUSALS, type RefusalCode } from '../domain/refusal.ts'
import type { Route } from './route.ts'

/**
 * The statuses that a route may answer with, as its row implies: what it asks for can be missing or wrong, what it names
 * may not be there, and what it would change may be against a rule (422) or against how things stand (409).
 */
export function statusesOf(route: Route): number[] {
  const { answer } = route
  const refused = refusalsOf(route).map((code) => REFUSALS[code].status)
  const ruled = route.idempotent ? [409, 422] : []
  return [
    ...new Set([
      answer.status,
      ...(answer.leadsOn ?? []),
      ...(answer.tagged ? [304] : []),
      ...refused,
      ...ruled,
    ]),
  ].sort((a, b) => a - b)
}

function refusalsOf({
  path,
  callers,
  audited,
  body,
  query,
  idempotent,
  conditional,
  refuses,
}: Route): RefusalCode[] {
  return [
    ...(callers === 'anyone' ? [] : (['unauthenticated'] as const)),
    ...(typeof callers === 'string' ? [] : (['role-not-allowed'] as const)),
    ...(body ? (['malformed-json', 'body-too-large', 'unsupported-media-type'] as const) : []),
    ...(query ? (['invalid-request'] as const) : []),
    ...(idempotent ? (['idempotency-key-missing', 'idempotency-key-reused'] as const) : []),
    ...(conditional ? (['precondition-failed'] as const) : []),
    ...(path.includes('{') || audited ? (['not-found'] as const) : []),
    ...(refuses ?? []),
    'too-many-requests',
    'internal-error',
    'unavailable',
  ]
}
