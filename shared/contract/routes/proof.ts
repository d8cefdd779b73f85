import { BUNDLE_TYPE } from '../../verification/bundle.ts'
import { proofQuery } from '../requests/proof.ts'
import type { RoutesOf } from '../route.ts'

export const PROOF_ROUTES = {
  readProof: {
    method: 'GET',
    path: '/b/{id}/proof',
    serves: 'proof',
    callers: 'anyone',
    crossOrigin: true,
    summary:
      'All that a stranger needs to check the story of a batch: the events of its lineage and a proof that the log has the last of them, in pages of JSON Lines; what next says is the cursor of the next page',
    query: proofQuery,
    answer: { status: 200, type: BUNDLE_TYPE, tagged: true },
  },
} as const satisfies RoutesOf<'proof'>
