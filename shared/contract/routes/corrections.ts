import { correctionBody } from '../requests/corrections.ts'
import { CORRECTING } from '../roles.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const CORRECTION_ROUTES = {
  correctEvent: {
    method: 'POST',
    path: '/v1/events/{id}/corrections',
    serves: 'corrections',
    callers: CORRECTING,
    summary:
      'Declare an event of yours wrong, and where it can be said at once, what is right instead; who may make such an event may correct it',
    idempotent: true,
    conditional: true,
    body: correctionBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'corrections'>
