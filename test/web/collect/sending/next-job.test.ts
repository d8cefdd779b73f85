import { describe, expect, it } from 'vitest'
import { nextJob, type Round } from '../../../../web/collect/sending/next-job.ts'
import { newEntry, type Entry } from '../../../../web/collect/kept/entries.ts'
import { EMPTY_DRAFT } from '../../../../web/collect/form/entry.ts'
import type { KeptPhoto } from '../../../../web/collect/photos/kept-photo.ts'

const NOW = new Date('2026-08-05T08:00:00.000Z')

function entry(id: string, minutesAgo: number, change: Partial<Entry> = {}): Entry {
  const madeAt = new Date(NOW.getTime() - minutesAgo * 60_000)
  const packet = { draft: EMPTY_DRAFT, body: { siteId: 'dachen', form: 'net', massKg: 3 } } as const
  const rest = { batchId: 'B7K3M9QXT2ABC', org: 'coop', photos: { count: 1, skipped: 0 } }
  return { ...newEntry(id, madeAt, packet, rest), ...change }
}

const received = (id: string): Entry =>
  entry(id, 60, {
    state: { is: 'received', receipt: { batchId: 'B7K3M9QXT2ABC', massKg: 3 }, receivedAt: '2026-08-05' },
  })

const file = (entryId: string, kind: KeptPhoto['kind'], change: Partial<KeptPhoto> = {}): KeptPhoto => ({
  entryId,
  sha256: `${kind} of ${entryId}`,
  mediaType: 'image/jpeg',
  bytes: 3,
  kind,
  shotAt: 0,
  blob: new Blob(['jpg']),
  ...change,
})

const triesOf = (...tried: string[]): Round => ({ org: 'coop', tried: new Set(tried), failures: new Map() })
const none = triesOf()
const nameOf = (job: ReturnType<typeof nextJob>): string | undefined =>
  job?.is === 'entry' ? job.entry.id : job?.file.sha256

describe('what is sent next', () => {
  it('is the oldest entry, before any photo', () => {
    const entries = [entry('new', 1), received('old'), entry('older', 9)]
    expect(nameOf(nextJob(entries, [file('old', 'thumbnail')], none, NOW))).toBe('older')
    expect(nameOf(nextJob(entries, [], triesOf('older'), NOW))).toBe('new')
  })

  it('is all thumbnails before the first original', () => {
    const files = [file('a', 'original'), file('b', 'thumbnail')]
    expect(nameOf(nextJob([received('a'), received('b')], files, none, NOW))).toBe('thumbnail of b')
  })

  it('is no photo of an entry that the server does not have, nor of a draft', () => {
    const entries = [entry('kept', 0), entry('refused', 9, { state: refused })]
    const files = ['kept', 'refused', 'draft'].map((id) => file(id, 'thumbnail'))
    expect(nextJob(entries, files, none, NOW)).toBeUndefined()
  })

  it('is the photo after one that was refused, which stands in nothing’s way', () => {
    const files = [file('a', 'thumbnail', { refused: 'invalid-request' }), file('a', 'original')]
    expect(nameOf(nextJob([received('a')], files, none, NOW))).toBe('original of a')
  })

  it('is a photo that did not fail before one that did, so that none keeps the others back', () => {
    const files = [file('a', 'original'), file('b', 'original')]
    const failures = new Map([['a original of a', 3]])
    const job = nextJob([received('a'), received('b')], files, { ...none, failures }, NOW)
    expect(nameOf(job)).toBe('original of b')
  })

  it('is no photo of what was saved for the organisation that the phone was with before', () => {
    const files = [file('a', 'thumbnail')]
    expect(nextJob([received('a')], files, { ...none, org: 'other' }, NOW)).toBeUndefined()
  })

  it('is nothing that was tried in this round, so that a round has an end', () => {
    const entries = [entry('a', 9), received('b')]
    const tried = triesOf('a', 'b thumbnail of b')
    expect(nextJob(entries, [file('b', 'thumbnail')], tried, NOW)).toBeUndefined()
  })
})

const refused: Entry['state'] = { is: 'refused', refusal: { code: 'future-time', detail: 'Too late.' } }
