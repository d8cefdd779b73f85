import { beforeAll, describe, expect, it } from 'vitest'
import { batchPage } from '../../shared/contract/answers/batches.ts'
import { jsonOf, type BatchView, type ListQuery } from '../client.ts'
import { aPickup, givenPickup, givenRun } from '../given.ts'
import { runtimeForTests } from '../runtime.ts'

/** Lists of batches: over all sites of an organisation, newest first, each once, however they are cut into pages. */
const runtime = runtimeForTests()
let made: BatchView[]

beforeAll(async () => {
  const sites = ['dachen', 'shitang', 'ruoshan']
  const pickups = await Promise.all(
    Array.from({ length: 24 }, (_, index) => givenPickup(runtime, { siteId: sites[index % 3], massKg: 10 })),
  )
  const sorted = await Promise.all(pickups.slice(0, 6).map(({ id }) => givenRun(runtime, 'sorting', id, 10)))
  made = [...pickups, ...sorted].sort((a, b) => (newer(a, b) ? -1 : 1))
})

const place = ({ recordedAt, id }: BatchView): string => `${recordedAt}#${id}`
const newer = (a: BatchView, b: BatchView): boolean => place(a) > place(b)
const ids = (batches: readonly BatchView[]): string[] => batches.map(({ id }) => id)

describe('the list', () => {
  it('begins with the newest twenty-five, and says where to go on', async () => {
    const page = batchPage.parse(jsonOf(await runtime.get('/v1/batches', { key: runtime.keys.auditor })))
    expect(ids(page.items)).toEqual(ids(made).slice(0, 25))
    expect(page.next).toBeDefined()
  })

  it.each(['1', '7', '10', '30', '100'])(
    'in pages of %s has every batch once, newest first',
    async (limit) => {
      expect(ids(await runtime.allBatches(runtime.keys.auditor, { limit }))).toEqual(ids(made))
    },
  )

  it.each([
    [{ site: 'shitang' }, 8],
    [{ site: 'huzhou' }, 0],
    [{ stage: 'sorted' }, 6],
    [{ stage: 'product' }, 0],
    [{ status: 'used-up' }, 6],
    [{ status: 'active' }, 24],
    [{ stage: 'collected', status: 'active' }, 18],
    [{ stage: 'collected', status: 'used-up', site: 'ruoshan' }, 2],
    [{ stage: 'sorted', site: 'dachen' }, 0],
  ] satisfies [ListQuery, number][])(
    'of %j has those %i and no other, in pages of any size',
    async (query, count) => {
      const now = new Map((await runtime.allBatches(runtime.keys.auditor)).map((batch) => [batch.id, batch]))
      const wanted = [...now.values()].filter(
        (batch) =>
          (!('site' in query) || batch.siteId === query.site) &&
          (!('stage' in query) || batch.stage === query.stage) &&
          (!('status' in query) || batch.status === query.status),
      )
      expect(wanted).toHaveLength(count)
      for (const limit of ['3', '100']) {
        expect(await runtime.allBatches(runtime.keys.auditor, { ...query, limit })).toEqual(wanted)
      }
    },
  )

  it('shows nothing that is not its own', async () => {
    expect(await runtime.allBatches(runtime.otherKeys.auditor)).toEqual([])
  })

  it('goes on where it was when a batch is recorded between two pages', async () => {
    const key = runtime.keys.auditor
    const first = batchPage.parse(jsonOf(await runtime.get('/v1/batches?limit=20', { key })))
    await runtime.post('/v1/pickups', runtime.keys.station, aPickup())
    const second = batchPage.parse(
      jsonOf(await runtime.get(`/v1/batches?limit=20&cursor=${first.next}`, { key })),
    )
    expect(ids([...first.items, ...second.items])).toEqual(ids(made))
  })
})
