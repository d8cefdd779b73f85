import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const CONTRACT_ROUTES = {
  openapi: {
    method: 'GET',
    path: '/v1/openapi.json',
    serves: 'contract',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'This contract as OpenAPI 3.1',
    answer: { status: 200, type: JSON_TYPE },
  },
  listRules: {
    method: 'GET',
    path: '/v1/rules',
    serves: 'contract',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'The rules that records are checked by, with their thresholds, in English and Chinese',
    answer: { status: 200, type: JSON_TYPE },
  },
  readSignIn: {
    method: 'GET',
    path: '/v1/sign-in',
    serves: 'contract',
    callers: 'anyone',
    summary:
      'Where people sign in, for a page that sends them there (OpenID Connect, authorization code with PKCE)',
    answer: { status: 200, type: JSON_TYPE },
    refuses: ['not-found'],
  },
  health: {
    method: 'GET',
    path: '/healthz',
    serves: 'contract',
    callers: 'anyone',
    summary: 'Whether the service answers',
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'contract'>
