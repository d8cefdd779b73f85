import type { RoutesOf } from '../route.ts'

export const SCAN_ROUTES = {
  scan: {
    method: 'GET',
    path: '/b/{id}',
    serves: 'scan',
    callers: 'anyone',
    summary: 'The public passport of a batch, as a page or, on request, as JSON',
    answer: { status: 200, type: 'text/html' },
  },
} as const satisfies RoutesOf<'scan'>
