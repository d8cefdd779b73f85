import type { LogStore } from '../log/store.ts'
import { loadTiles, putCheckpoint, putTiles } from './log-objects.ts'
import { signTree } from './log-signer.ts'
import { commitHead, findLogged, offerNewest, readHead } from './log-table.ts'
import { pauseBeforeRetry } from './pause.ts'

/** The log as the sequencer keeps it: its order in the table, its files in object storage, its keys where nobody reads them. */
export const LOG_STORE: LogStore = {
  readHead,
  findLogged,
  commit: commitHead,
  loadTiles,
  putTiles,
  sign: signTree,
  putCheckpoint,
  offerNewest,
  pause: pauseBeforeRetry,
}
