import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchOf, problemOf, type Answer, type BatchView } from '../client.ts'
import { aPickup } from '../given.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { expectProblem } from './refused.ts'

/** One photo, whoever sends it: R5 on entry, across organisations, and when a pickup is said anew. */
let runtime: TestRuntime
beforeAll(async () => {
  runtime = await startTestRuntime()
})
afterAll(async () => runtime?.stop())

const newPhoto = (more: object = {}) => ({
  sha256: randomBytes(32).toString('hex'),
  mediaType: 'image/jpeg',
  bytes: 1000,
  ...more,
})
const ours = (changes: object) => runtime.post('/v1/pickups', runtime.keys.station, aPickup(changes))
const theirs = (changes: object) =>
  runtime.post('/v1/pickups', runtime.otherKeys.station, aPickup({ siteId: 'shenjiamen', ...changes }))
const duplicates = ({ checks = [] }: BatchView) =>
  checks.filter(({ rule }) => rule === 'R5').map(({ verdict, sentence }) => [verdict, sentence.en])
const sayAnew = (id: string, changes: object): Promise<Answer> => {
  const { siteId: _, occurredAt: __, ...fields } = aPickup(changes)
  return runtime.post(`/v1/events/${id}-1/corrections`, runtime.keys.station, {
    reason: 'typed wrong',
    instead: { type: 'PickupRecorded', ...fields },
  })
}
/** R5 as it stands in the last event of a pickup. */
async function lastVerdicts(id: string): Promise<string[]> {
  const { items } = await runtime.events(id, runtime.keys.auditor)
  const text = JSON.stringify(items.at(-1))
  return [...text.matchAll(/"rule":"R5","sentence":\{[^}]*\},"verdict":"(\w+)"/g)].map(
    ([, verdict = '']) => verdict,
  )
}

describe('the small copy of a photo', () => {
  it('tells as well as the photo itself that it was used before', async () => {
    const thumbnail = newPhoto()
    const first = batchOf(await ours({ photos: [newPhoto({ thumbnail })], massKg: 41 }))
    expect(duplicates(first)).toMatchObject([['pass', expect.any(String)]])
    expect(duplicates(batchOf(await theirs({ photos: [newPhoto({ thumbnail })] })))).toMatchObject([
      ['review', expect.stringContaining('by another organisation')],
    ])
    expect(duplicates(batchOf(await ours({ photos: [thumbnail], massKg: 42 })))).toMatchObject([
      ['review', expect.stringContaining(first.id)],
    ])
    expectProblem(await ours({ photos: [newPhoto({ thumbnail })], massKg: 41 }), {
      status: 422,
      code: 'check-failed',
    })
  })

  it('still counts when its pickup is said anew', async () => {
    const thumbnail = newPhoto()
    const { id } = batchOf(await ours({ photos: [newPhoto({ thumbnail })], massKg: 43 }))
    expect((await sayAnew(id, { massKg: 44 })).status).toBe(201)
    expectProblem(await ours({ photos: [newPhoto({ thumbnail })], massKg: 44 }), {
      status: 422,
      code: 'check-failed',
    })
  })
})

describe('a photo that another organisation used', () => {
  it('is for review, and nothing of the other is told', async () => {
    const photos = [newPhoto()]
    const first = batchOf(await ours({ photos, massKg: 33 }))
    expect(duplicates(first)).toEqual([
      ['pass', 'No photo of this pickup is known from another pickup that stands.'],
    ])
    const second = batchOf(await theirs({ photos, massKg: 33 }))
    expect(duplicates(second)).toEqual([
      [
        'review',
        'A photo of this pickup was already used by another organisation; each pickup usually has its own.',
      ],
    ])
    expect(JSON.stringify(second)).not.toMatch(new RegExp(`${first.id}|demo-coop|dachen`))
  })

  it('is noticed among own uses too, and does not hide that an own entry came twice', async () => {
    const photos = [newPhoto()]
    const other = batchOf(await theirs({ photos, massKg: 33 }))
    const own = batchOf(await ours({ photos, massKg: 33 }))
    expect(duplicates(own)[0]?.[0]).toBe('review')
    const twice = expectProblem(await ours({ photos, massKg: 33 }), { status: 422, code: 'check-failed' })
    expect([twice.rule?.id, twice.detail.includes(own.id), twice.detail.includes(other.id)]).toEqual([
      'R5',
      true,
      false,
    ])
    const third = batchOf(await ours({ photos, massKg: 34 }))
    expect(duplicates(third)[0]?.[1]).toContain(`for pickup ${own.id} and by another organisation`)
  })

  it('is noticed by one of two that send it at the same instant', async () => {
    const photos = [newPhoto()]
    const both = await Promise.all([ours({ photos }), theirs({ photos })])
    expect(both.map((answer) => duplicates(batchOf(answer))[0]?.[0] ?? '').sort()).toEqual(['pass', 'review'])
  })
})

describe('a pickup said anew', () => {
  it('is refused where that makes it the same entry as another with its photo', async () => {
    const photos = [newPhoto()]
    const first = batchOf(await ours({ photos, massKg: 33 }))
    const second = batchOf(await ours({ photos, massKg: 34 }))
    const refused = expectProblem(await sayAnew(second.id, { massKg: 33 }), {
      status: 422,
      code: 'check-failed',
      says: [first.id],
    })
    expect(refused.rule?.id).toBe('R5')
    expect((await runtime.batch(second.id, runtime.keys.auditor)).massKg).toBe(34)
    expect((await sayAnew(second.id, { massKg: 35 })).status).toBe(201)
    expect(await lastVerdicts(second.id)).toEqual(['review'])
    const thirty = await ours({ photos, massKg: 35 })
    expectProblem(thirty, { status: 422, code: 'check-failed', says: [second.id] })
  })

  it('is not its own duplicate', async () => {
    const { id } = batchOf(await ours({ photos: [newPhoto()], massKg: 33 }))
    expect((await sayAnew(id, { massKg: 33, polymer: 'PP' })).status).toBe(201)
    expect(await lastVerdicts(id)).toEqual(['pass'])
  })

  it('is judged by when its photo was taken and by who weighed it, as on entry', async () => {
    const photos = [newPhoto({ takenAt: '2026-08-01T00:30:01Z' })]
    const { id } = batchOf(await ours({ photos, collector: 'Lin', weigher: 'Lin' }))
    expect((await sayAnew(id, { massKg: 33 })).status).toBe(201)
    const { items } = await runtime.events(id, runtime.keys.auditor)
    const text = JSON.stringify(items.at(-1))
    for (const rule of ['R15', 'R16']) {
      expect(text).toMatch(new RegExp(`"rule":"${rule}","sentence":\\{[^}]*\\},"verdict":"review"`))
    }
    expect(text).not.toContain('Lin')
  })

  it('races with an entry of the same photo and mass: one of the two is refused', async () => {
    const photos = [newPhoto()]
    const { id } = batchOf(await ours({ photos, massKg: 34 }))
    const answers = await Promise.all([sayAnew(id, { massKg: 33 }), ours({ photos, massKg: 33 })])
    const codes = answers.map((answer) => (answer.status === 201 ? 'done' : problemOf(answer).code))
    expect(codes.sort()).toEqual(['check-failed', 'done'])
  })
})
