import type { LogStore } from '../../../functions/log/store.ts'

/**
 * What can happen to a single reading or writing: it fails; it fails but was done; or the process dies before it, or right
 * after it.
 */
export const HOWS = ['fails', 'fails-but-done', 'dies-before', 'dies-after'] as const

export interface Fault {
  /** The how-manieth operation, counted from 0. */
  readonly at: number
  readonly how: (typeof HOWS)[number]
}

export class Dead extends Error {}

/**
 * A store on which these faults happen. Operations take so many turns of the event loop as `turns` says, one after the
 * other, so that two sequencers at once get into each other's way at any point.
 */
export function withFaults(store: LogStore, faults: readonly Fault[], turns: readonly number[]): LogStore {
  let operations = 0
  let isDead = false
  const faulty =
    <Given extends unknown[], Answer>(operation: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      const at = operations++
      for (let turn = turns[at % turns.length] ?? 0; turn > 0; turn--) await Promise.resolve()
      if (isDead) throw new Dead('dead already')
      const how = faults.find((fault) => fault.at === at)?.how
      if (how === 'fails') throw new Error('injected')
      if (how === 'dies-before') isDead = true
      if (isDead) throw new Dead('died before')
      const answer = await operation(...given)
      if (how === 'fails-but-done') throw new Error('injected, though done')
      if (how === 'dies-after') isDead = true
      if (isDead) throw new Dead('died after')
      return answer
    }
  return {
    readHead: faulty(store.readHead),
    findLogged: faulty(store.findLogged),
    commit: faulty(store.commit),
    loadTiles: faulty(store.loadTiles),
    // Tiles are put one by one, so that some of a batch may be there and others not.
    putTiles: async (tiles) => {
      const put = faulty(store.putTiles)
      for (const tile of tiles) await put([tile])
    },
    sign: faulty(store.sign),
    putCheckpoint: faulty(store.putCheckpoint),
    offerNewest: faulty(store.offerNewest),
    pause: store.pause,
  }
}
