import { labelQuery } from '../requests/codes.ts'
import type { RoutesOf } from '../route.ts'

export const LABEL_ROUTES = {
  label: {
    method: 'GET',
    path: '/v1/batches/{id}/label',
    serves: 'labels',
    callers: 'anyone',
    summary: 'Labels of a batch, ready to print: code, number and what its public page says, as PDF',
    query: labelQuery,
    answer: { status: 200, type: 'application/pdf', tagged: true },
    refuses: ['batch-not-active'],
  },
} as const satisfies RoutesOf<'labels'>
