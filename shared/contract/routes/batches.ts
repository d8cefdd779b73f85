import { ROLES } from '../../domain/organisation.ts'
import { batchesQuery, checksQuery, traceQuery } from '../requests/batches.ts'
import { pageQuery } from '../requests/pages.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const BATCH_ROUTES = {
  readOrganisation: {
    method: 'GET',
    path: '/v1/organisation',
    serves: 'batches',
    callers: ROLES,
    audited: true,
    summary: 'Read who the key belongs to, and the sites of that organisation',
    answer: { status: 200, type: JSON_TYPE },
    refuses: ['not-found'],
  },
  listBatches: {
    method: 'GET',
    path: '/v1/batches',
    serves: 'batches',
    callers: ROLES,
    audited: true,
    summary: 'List the batches that your organisation holds, newest first',
    query: batchesQuery,
    answer: { status: 200, type: JSON_TYPE },
    refuses: ['unknown-site'],
  },
  readBatch: {
    method: 'GET',
    path: '/v1/batches/{id}',
    serves: 'batches',
    callers: ROLES,
    audited: true,
    summary: 'Read one batch',
    answer: { status: 200, type: JSON_TYPE, tagged: true },
  },
  readEvents: {
    method: 'GET',
    path: '/v1/batches/{id}/events',
    serves: 'batches',
    callers: ROLES,
    audited: true,
    summary: 'Read the history of a batch, oldest event first',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  readChecks: {
    method: 'GET',
    path: '/v1/batches/{id}/checks',
    serves: 'batches',
    callers: ROLES,
    audited: true,
    summary: 'Read what the rules found in the history of a batch, oldest event first',
    query: checksQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  traceBatch: {
    method: 'GET',
    path: '/v1/batches/{id}/trace',
    serves: 'batches',
    callers: ROLES,
    audited: true,
    summary:
      'Read what a batch was made of, down to the pickups, or with direction=forward what became of it; nearest first',
    query: traceQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  readBecame: {
    method: 'GET',
    path: '/v1/batches/{id}/became',
    serves: 'batches',
    callers: ROLES,
    devices: true,
    audited: true,
    summary:
      'Read what became of a pickup that your organisation collected: how far its plastic has come, and the products that hold some of it, as their public pages name them',
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'batches'>
