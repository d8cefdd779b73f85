import { massBalanceQuery, periodsQuery } from '../requests/reports.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

const READERS = ['operator', 'station', 'recycler', 'brand', 'auditor'] as const

export const REPORT_ROUTES = {
  readMassBalance: {
    method: 'GET',
    path: '/v1/reports/mass-balance',
    serves: 'reports',
    callers: READERS,
    audited: true,
    summary: 'Mass balance of one of your sites over a period; as CSV with format=csv or Accept: text/csv',
    query: massBalanceQuery,
    answer: { status: 200, type: JSON_TYPE, also: ['text/csv'] },
    refuses: ['unknown-site', 'future-time'],
  },
  listPeriods: {
    method: 'GET',
    path: '/v1/periods',
    serves: 'reports',
    callers: READERS,
    audited: true,
    summary: 'List the closed periods of your sites, by site and time',
    query: periodsQuery,
    answer: { status: 200, type: JSON_TYPE },
    refuses: ['unknown-site'],
  },
} as const satisfies RoutesOf<'reports'>
