import { pageQuery } from '../requests/pages.ts'
import { erasureBody } from '../requests/privacy.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const ERASURE_ROUTES = {
  erasePerson: {
    method: 'POST',
    path: '/v1/erasures',
    serves: 'erasure',
    callers: ['operator'],
    summary:
      'Erase somebody from all entries of your organisation that name them; send it again while the answer says begun',
    idempotent: true,
    body: erasureBody,
    answer: { status: 201, type: JSON_TYPE, location: '/v1/erasures/{id}' },
  },
  readErasure: {
    method: 'GET',
    path: '/v1/erasures/{id}',
    serves: 'erasure',
    callers: ['operator', 'auditor'],
    summary: 'Read how far an erasure is and how much it removed',
    answer: { status: 200, type: JSON_TYPE },
  },
  readErasureEvents: {
    method: 'GET',
    path: '/v1/erasures/{id}/events',
    serves: 'erasure',
    callers: ['operator', 'auditor'],
    summary: 'Read the history of an erasure, oldest event first',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'erasure'>
