import { describe, expect, it } from 'vitest'
import { newEntry, type Entry } from '../../../../web/collect/kept/entries.ts'
import { EMPTY_DRAFT } from '../../../../web/collect/form/entry.ts'
import type { KeptPhoto } from '../../../../web/collect/photos/kept-photo.ts'
import { en } from '../../../../web/collect/words/en.ts'
import { newsOf, photosText, waitingCount, waitingText } from '../../../../web/collect/shown/news.ts'

function entry(change: Partial<Entry> = {}): Entry {
  const packet = { draft: EMPTY_DRAFT, body: { siteId: 'dachen', form: 'net', massKg: 3 } } as const
  const rest = { batchId: 'B7K3M9QXT2ABC', org: 'coop', photos: { count: 2, skipped: 0 } }
  return { ...newEntry('a', new Date(0), packet, rest), ...change }
}

const receipt = { batchId: 'B7K3M9QXT2ABC', massKg: 3 } as const
const received = entry({ state: { is: 'received', receipt, receivedAt: '2026-08-05' } })
const refused = entry({ state: { is: 'refused', refusal: { code: 'future-time', detail: 'Too late.' } } })

const file = (shotAt: number, kind: KeptPhoto['kind'], why?: string): KeptPhoto => ({
  entryId: 'a',
  sha256: `${shotAt} ${kind}`,
  mediaType: 'image/jpeg',
  bytes: 1,
  kind,
  shotAt,
  blob: new Blob(['jpg']),
  ...(why !== undefined && { refused: why }),
})

describe('how an entry fares', () => {
  it('is saved, being sent, received, or refused with the reason', () => {
    expect(newsOf(entry(), false, en)).toBe('Saved on this phone')
    expect(newsOf(entry(), true, en)).toBe('Sending…')
    expect(newsOf(received, true, en)).toBe('Received')
    expect(newsOf(refused, false, en)).toBe(`Not accepted: ${en.refusals['future-time']}`)
  })

  it('says why what waits was not sent', () => {
    expect(waitingText({ is: 'waiting', why: 'device' }, en)).toContain('nothing is lost')
    expect(waitingText({ is: 'done' }, en)).toBeUndefined()
  })

  it('is counted: what waits, and what needs somebody', () => {
    expect(waitingCount([entry(), received, refused, entry()])).toEqual({ kept: 2, refused: 1 })
  })
})

describe('photos', () => {
  it('are counted as pictures, not as files', () => {
    const files = [file(1, 'thumbnail'), file(1, 'original'), file(2, 'original')]
    expect(photosText(received, files, en)).toBe('2 photos still to be sent')
    expect(photosText(received, [], en)).toBe('2 photos sent')
  })

  it('that were refused are told of, and those that were left out', () => {
    const skipped = { ...received, photos: { count: 1, skipped: 1 } }
    expect(photosText(skipped, [file(1, 'original', 'body-too-large')], en)).toBe(
      'One photo was not accepted One photo could not be read and was left out.',
    )
  })

  it('are no news before the entry is received', () => {
    expect(photosText(entry(), [file(1, 'original')], en)).toBeUndefined()
  })
})
