import type { RoutesOf } from '../route.ts'

export const SITE_ROUTES = {
  collect: {
    method: 'GET',
    path: '/collect/{rest+}',
    serves: 'site',
    callers: 'anyone',
    summary: "The collector's form",
    answer: { status: 200, type: 'text/html' },
  },
} as const satisfies RoutesOf<'site'>
