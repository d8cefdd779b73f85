import { pageQuery } from '../requests/pages.ts'
import { runsQuery, shipmentsQuery } from '../requests/records.ts'
import { ROLES } from '../../domain/organisation.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const RECORD_ROUTES = {
  readRun: {
    method: 'GET',
    path: '/v1/runs/{id}',
    serves: 'records',
    callers: ROLES,
    audited: true,
    summary: 'Read one run with its outputs',
    answer: { status: 200, type: JSON_TYPE, tagged: true },
  },
  readRunEvents: {
    method: 'GET',
    path: '/v1/runs/{id}/events',
    serves: 'records',
    callers: ROLES,
    audited: true,
    summary: 'Read the history of a run, oldest event first',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  listRuns: {
    method: 'GET',
    path: '/v1/runs',
    serves: 'records',
    callers: ROLES,
    audited: true,
    summary: 'List the runs of your organisation, newest first',
    query: runsQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  readShipment: {
    method: 'GET',
    path: '/v1/shipments/{id}',
    serves: 'records',
    callers: ROLES,
    audited: true,
    summary: 'Read one shipment from or to your organisation',
    answer: { status: 200, type: JSON_TYPE, tagged: true },
  },
  readShipmentEvents: {
    method: 'GET',
    path: '/v1/shipments/{id}/events',
    serves: 'records',
    callers: ROLES,
    audited: true,
    summary: 'Read the history of a shipment, oldest event first',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  listShipments: {
    method: 'GET',
    path: '/v1/shipments',
    serves: 'records',
    callers: ROLES,
    audited: true,
    summary: 'List shipments to or from your organisation, newest first',
    query: shipmentsQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  listCertificates: {
    method: 'GET',
    path: '/v1/certificates',
    serves: 'records',
    callers: ROLES,
    audited: true,
    summary: 'List the certificates of your organisation',
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'records'>
