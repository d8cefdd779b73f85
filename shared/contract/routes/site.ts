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
  console: {
    method: 'GET',
    path: '/console/{rest+}',
    serves: 'site',
    callers: 'anyone',
    summary: 'The page where people sign in, accept invitations, and look after people and phones',
    answer: { status: 200, type: 'text/html' },
  },
} as const satisfies RoutesOf<'site'>
