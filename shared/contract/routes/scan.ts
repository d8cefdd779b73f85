import { LANGUAGES } from '../../domain/organisation.ts'
import { JSON_TYPE, LINKED_DATA_TYPE, LINKSET_TYPE, type RoutesOf } from '../route.ts'

export const SCAN_ROUTES = {
  scan: {
    method: 'GET',
    path: '/b/{id}',
    serves: 'scan',
    callers: 'anyone',
    crossOrigin: true,
    summary:
      'The public passport of a batch, as a page or, on request, as JSON, as linked data (JSON-LD), or its links as a linkset',
    options: { lang: LANGUAGES, format: ['html', 'json', 'jsonld'], linkType: ['linkset'] },
    answer: {
      status: 200,
      type: 'text/html',
      also: [JSON_TYPE, LINKED_DATA_TYPE, LINKSET_TYPE],
      tagged: true,
    },
    refuses: ['invalid-request'],
  },
} as const satisfies RoutesOf<'scan'>
