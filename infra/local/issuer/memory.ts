import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Where the development issuer keeps sessions and codes: in memory, the newest thousand. After a restart one signs in anew. */
const MOST = 1_000

export function memoryOf(): (model: string) => Adapter {
  const all = new Map<string, AdapterPayload>()
  const find = (where: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
    [...all.values()].find(where)
  return (model) => {
    const keyOf = (id: string): string => `${model} ${id}`
    return {
      upsert: async (id, payload) => {
        all.delete(keyOf(id))
        all.set(keyOf(id), payload)
        const [oldest] = all.keys()
        if (all.size > MOST && oldest !== undefined) all.delete(oldest)
      },
      find: async (id) => all.get(keyOf(id)),
      findByUid: async (uid) => find((payload) => payload.uid === uid && payload.kind === model),
      findByUserCode: async (userCode) => find((payload) => payload.userCode === userCode),
      consume: async (id) => {
        const found = all.get(keyOf(id))
        if (found) found.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => void all.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, payload] of all) if (payload.grantId === grantId) all.delete(key)
      },
    }
  }
}
