import { periodBody } from '../requests/reports.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const PERIOD_ROUTES = {
  closePeriod: {
    method: 'POST',
    path: '/v1/periods',
    serves: 'periods',
    callers: ['operator'],
    summary: 'Close the books of a site: from the last close on, at most three months, never below zero',
    idempotent: true,
    body: periodBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'periods'>
