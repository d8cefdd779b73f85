import { createHash } from 'node:crypto'
import { LOG_ROUTES } from '../shared/contract/routes/log.ts'
import { refuse, type Refused } from '../shared/domain/refusal.ts'
import { parseTilePath } from '../shared/ledger/merkle/tile.ts'
import { HASH_BYTES } from '../shared/ledger/merkle/tree.ts'
import { loadTiles } from './adapters/log-objects.ts'
import { readLatestCheckpoint, readLogKeys } from './adapters/log-table.ts'
import { json } from './http/answers.ts'
import { isFresh } from './http/caching.ts'
import { serve, type Handled } from './http/http.ts'

/** What anybody needs to check the log: what it signed last, and its tiles. */
export const handler = serve(LOG_ROUTES, {
  readCheckpoint: async ({ header }) => {
    const note = await readLatestCheckpoint()
    if (note === undefined) return notYet(refuse('not-found', 'Nothing was logged yet.'))
    const etag = `"${createHash('sha256').update(note).digest('base64url').slice(0, 22)}"`
    const caching = { etag, 'cache-control': CHECKPOINT_CACHING }
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: caching } }
    const headers = { 'content-type': `${LOG_ROUTES.readCheckpoint.answer.type}; charset=utf-8`, ...caching }
    return { answer: { statusCode: 200, headers, body: note } }
  },

  readTile: async ({ path }) => {
    const tile = parseTilePath(`tile/${path['rest'] ?? ''}`)
    if (!tile.ok) return refuse('invalid-request', `${tile.why}.`)
    const [bytes] = await loadTiles([tile.value])
    if (!bytes) return notYet(refuse('not-found', 'The log has no such tile, or not yet.'))
    return tileAnswer(bytes.subarray(0, tile.value.width * HASH_BYTES))
  },

  listLogKeys: async () => {
    const items = await readLogKeys()
    return json(200, { items }, { 'cache-control': 'public, max-age=300' })
  },
})

/** The CDN asks every two seconds at most, whoever else may ask it. */
const CHECKPOINT_CACHING = 'public, max-age=0, s-maxage=2, must-revalidate'

function tileAnswer(bytes: Uint8Array): Handled {
  const headers = {
    'content-type': LOG_ROUTES.readTile.answer.type,
    'cache-control': 'public, max-age=31536000, immutable',
  }
  const body = Buffer.from(bytes).toString('base64')
  return { answer: { statusCode: 200, headers, body, isBase64Encoded: true } }
}

/** What is not there may be in a moment. */
const notYet = ({ refusal }: Refused): Handled => ({
  refusal,
  headers: { 'cache-control': 'public, max-age=2' },
})
