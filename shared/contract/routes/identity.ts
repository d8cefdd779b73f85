import { keyBody, rotationBody } from '../requests/identity.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

const ADMINISTRATORS = ['operator'] as const

export const IDENTITY_ROUTES = {
  makeKey: {
    method: 'POST',
    path: '/v1/keys',
    serves: 'identity',
    callers: ADMINISTRATORS,
    summary: 'Make a key for a machine; the answer shows it, this once',
    idempotent: true,
    body: keyBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  listKeys: {
    method: 'GET',
    path: '/v1/keys',
    serves: 'identity',
    callers: ADMINISTRATORS,
    summary: 'List the keys of your organisation, newest first, with their last use',
    answer: { status: 200, type: JSON_TYPE },
  },
  rotateKey: {
    method: 'POST',
    path: '/v1/keys/{id}/rotate',
    serves: 'identity',
    callers: ADMINISTRATORS,
    summary: 'Make a key that takes the place of another, which goes on working for a while',
    idempotent: true,
    body: rotationBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  revokeKey: {
    method: 'POST',
    path: '/v1/keys/{id}/revoke',
    serves: 'identity',
    callers: ADMINISTRATORS,
    summary: 'Revoke a key, at once and for good',
    idempotent: true,
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'identity'>
