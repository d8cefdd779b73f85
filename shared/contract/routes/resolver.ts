import { JSON_TYPE, LINKSET_TYPE, type RoutesOf } from '../route.ts'

export const RESOLVER_ROUTES = {
  /** One row, since a path that is no Digital Link must be told what is wrong with it. */
  resolve: {
    method: 'GET',
    path: '/01/{rest+}',
    forms: {
      resolveItem: '/01/{gtin}',
      resolveLot: '/01/{gtin}/10/{lot}',
      resolveSerial: '/01/{gtin}/21/{serial}',
      resolveUnit: '/01/{gtin}/10/{lot}/21/{serial}',
    },
    serves: 'resolver',
    callers: 'anyone',
    crossOrigin: true,
    summary:
      'A GS1 Digital Link: leads on to the passport of the lot; its links as a linkset by Accept or linkType',
    options: {
      linkType: ['linkset', 'gs1:pip', 'gs1:traceability', 'gs1:recallStatus', 'gs1:certificationInfo'],
    },
    answer: { status: 200, type: LINKSET_TYPE, also: [JSON_TYPE], leadsOn: [300, 307] },
    refuses: ['invalid-request'],
  },
  describeResolver: {
    method: 'GET',
    path: '/.well-known/gs1resolver',
    serves: 'resolver',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'What this resolver of GS1 Digital Links can do',
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'resolver'>
