import { serialsQuery } from '../requests/codes.ts'
import type { RoutesOf } from '../route.ts'

export const SERIAL_ROUTES = {
  listSerialCodes: {
    method: 'GET',
    path: '/v1/batches/{id}/codes',
    serves: 'serials',
    callers: ['operator', 'brand'],
    summary:
      'Codes of the single pieces of a product lot with a GTIN and a lot number, numbered from 1: a table (CSV) or drawings (ZIP of SVG), page by page; the header Link has the next page',
    query: serialsQuery,
    answer: { status: 200, type: 'text/csv', also: ['application/zip'], linked: true },
    refuses: ['batch-not-active', 'no-gtin'],
  },
} as const satisfies RoutesOf<'serials'>
