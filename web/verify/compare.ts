import type { Checkpoint, Comparison } from '../../shared/ledger/checkpoint.ts'
import { tilePath } from '../../shared/ledger/merkle/tile.ts'
import { compareByTiles } from '../../shared/verification/growth.ts'

/** A part of the program (parts.ts): only who was here before needs it. */
export type Compare = (
  older: Checkpoint,
  newer: Checkpoint,
  fetched: (path: string) => Promise<Response>,
) => Promise<Comparison>

/** Whether the log only grew. A tile that is not there is none: then the log has not proven what it should have. */
export const compare: Compare = (older, newer, fetched) =>
  compareByTiles(older, newer, (tiles) =>
    Promise.all(
      tiles.map(async (tile) => {
        const answer = await fetched(`/log/${tilePath(tile)}`)
        return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
      }),
    ),
  )
