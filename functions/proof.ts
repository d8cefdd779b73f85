import { createHash } from 'node:crypto'
import { PROOF_ROUTES } from '../shared/contract/routes/proof.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import { refuse } from '../shared/domain/refusal.ts'
import { proofPage, textOf } from './evidence/proof.ts'
import { isFresh } from './http/caching.ts'
import { serve } from './http/http.ts'
import { jsonLines } from './http/jsonl.ts'
import { RELEASE } from './http/release.ts'

/** `GET /b/{id}/proof`: what anybody needs to check a story without us. It reads what is public of events and nothing else. */
export const handler = serve(PROOF_ROUTES, {
  readProof: async ({ path, query, header }) => {
    const id = readBatchId(path['id'] ?? '')
    if (id === undefined) return refuse('invalid-request', MALFORMED)
    const page = await proofPage(id, query)
    if (!page.ok) return page
    const { tag, isFirst, read } = page.value
    const etag = `W/"${createHash('sha256').update(`${RELEASE} ${tag}`).digest('base64url').slice(0, 22)}"`
    const caching = { etag, 'cache-control': isFirst ? FIRST_CACHING : LATER_CACHING }
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: caching } }
    const text = textOf(await read())
    const { type } = PROOF_ROUTES.readProof.answer
    return { answer: await jsonLines(type, text, header('accept-encoding'), caching) }
  },
})

const MALFORMED = 'This is no batch number: one is B and 12 characters of 0-9 A-Z without I, L, O, U.'

/** The first page has the newest checkpoint; what follows is history, to which upstream little is added. */
const FIRST_CACHING = 'public, max-age=0, s-maxage=2, must-revalidate'
const LATER_CACHING = 'public, max-age=60, s-maxage=600'
