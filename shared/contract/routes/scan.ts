import { LANGUAGES } from '../../domain/organisation.ts'
import { JSON_TYPE, LINKED_DATA_TYPE, type RoutesOf } from '../route.ts'

export const SCAN_ROUTES = {
  scan: {
    method: 'GET',
    path: '/b/{id}',
    serves: 'scan',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'The public passport of a batch, as a page or, on request, as JSON or linked data (JSON-LD)',
    options: { lang: LANGUAGES, format: ['html', 'json', 'jsonld'] },
    answer: { status: 200, type: 'text/html', also: [JSON_TYPE, LINKED_DATA_TYPE], tagged: true },
    refuses: ['invalid-request'],
  },
} as const satisfies RoutesOf<'scan'>
