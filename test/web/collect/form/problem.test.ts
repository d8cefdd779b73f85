import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../../shared/contract/problem.ts'
import { refuse } from '../../../../shared/domain/refusal.ts'
import {
  readOrganisation,
  readReceipt,
  readRefusal,
  readUpload,
  type Refusal,
} from '../../../../web/collect/sending/answers.ts'
import { en } from '../../../../web/collect/words/en.ts'
import { zh } from '../../../../web/collect/words/zh.ts'
import {
  bannerOf,
  fieldNotes,
  NO_COMPLAINT,
  notesOf,
  reasonOf,
} from '../../../../web/collect/form/problem.ts'

function refusal(code: string, pointer?: string): Refusal {
  return { code, detail: 'In the server’s words.', errors: pointer ? [{ pointer, detail: 'Given: 1.' }] : [] }
}

describe('a refusal in the language of the reader', () => {
  it('is told by its code', () => {
    expect(reasonOf(refusal('unknown-site'), zh)).toBe(zh.refusals['unknown-site'])
    expect(reasonOf(refusal('unknown-site'), en)).toBe(en.refusals['unknown-site'])
  })

  it.each(['unknown-site', 'site-closed', 'check-failed', 'entry-too-old', 'malformed-signature'] as const)(
    'is told in words of its own for what a pickup may be refused for: %s',
    (code) => {
      for (const words of [zh, en]) expect(reasonOf(refusal(code), words)).toBe(words.refusals[code])
    },
  )

  it('is told in the server’s words where the code is not known', () => {
    expect(reasonOf(refusal('batch-on-fire'), zh)).toBe('In the server’s words.')
    expect(reasonOf({ code: 'batch-on-fire', detail: '' }, zh)).toBe('batch-on-fire')
  })

  it('does not take what every object has for a code', () => {
    expect(reasonOf(refusal('toString'), en)).toBe('In the server’s words.')
  })

  it('points at the field: with its own sentence for the general code', () => {
    const notes = fieldNotes(refusal('invalid-request', '/massKg'), zh)
    expect(notes).toEqual([{ field: 'massKg', text: zh.faults.massKg }])
  })

  it('points at the field: with the sentence of a particular code', () => {
    const notes = fieldNotes(refusal('future-time', '/occurredAt'), en)
    expect(notes).toEqual([{ field: 'occurredAt', text: en.refusals['future-time'] }])
  })

  it('points at the field: in the server’s words for a code that is not known', () => {
    expect(fieldNotes(refusal('too-salty', '/photos/0/bytes'), en)).toEqual([
      { field: 'photos', text: 'Given: 1.' },
    ])
  })

  it('points at the field of an entry that was signed', () => {
    expect(fieldNotes(refusal('unknown-site', '/pickup/siteId'), zh)).toEqual([
      { field: 'siteId', text: zh.refusals['unknown-site'] },
    ])
    expect(fieldNotes(refusal('entry-too-old', '/capturedAt'), zh)).toEqual([])
  })

  it('says one thing per field and leaves out fields that the form does not have', () => {
    const errors = ['/position/lat', '/position/lon', '/mystery', ''].map((pointer) => ({
      pointer,
      detail: '',
    }))
    const notes = fieldNotes({ code: 'invalid-request', detail: '', errors }, en)
    expect(notes.map(({ field }) => field)).toEqual(['position'])
  })
})

describe('a complaint about the entry in the form', () => {
  it('says nothing where nothing is wrong', () => {
    expect(bannerOf(NO_COMPLAINT, zh)).toBe('')
    expect(notesOf(NO_COMPLAINT, zh)).toEqual([])
  })

  it('says above the form what was refused and what was lost', () => {
    const complaint = { faults: [], refusal: refusal('future-time', '/occurredAt'), photosLost: 2 }
    const banner = `${en.refused(en.refusals['future-time'])} ${en.photosLost(2)}`
    expect(bannerOf(complaint, en)).toBe(banner)
    expect(notesOf(complaint, en)).toHaveLength(1)
  })

  it('says above all that the phone is full', () => {
    expect(bannerOf({ faults: [], unsaved: 'full' }, en)).toBe(en.full)
    expect(bannerOf({ faults: [], unsaved: 'full', photosLost: 1 }, en)).toBe(
      `${en.full} ${en.photosLost(1)}`,
    )
  })

  it('says at the fields what our own check found', () => {
    expect(notesOf({ faults: ['pieces'] }, zh)).toEqual([{ field: 'pieces', text: zh.faults.pieces }])
  })
})

describe('answers', () => {
  it('reads the problems that the server writes', () => {
    const { refusal } = refuse('position-implausible', 'Swapped.', '/position')
    const sent: unknown = JSON.parse(JSON.stringify(problemOf(refusal, 'r-1')))
    expect(readRefusal(sent)).toEqual(refusal)
  })

  it('takes nothing else for an answer', () => {
    for (const other of [undefined, null, 'hello', [], {}, { id: 7 }, { sites: [{}] }]) {
      expect(readRefusal(other)).toBeUndefined()
      expect(readOrganisation(other)).toBeUndefined()
      expect(readReceipt(other)).toBeUndefined()
      expect(readUpload(other)).toBeUndefined()
    }
  })

  it('reads the receipt with the place of its origin', () => {
    const batch = {
      id: 'B7K3M9QXT2ABC',
      massKg: 12.5,
      origins: [{ placeId: 'dachen', period: '2026-08', massKg: 12.5 }],
    }
    expect(readReceipt(batch)).toEqual({ batchId: 'B7K3M9QXT2ABC', massKg: 12.5, placeId: 'dachen' })
    expect(readReceipt({ ...batch, origins: [] })).toEqual({ batchId: 'B7K3M9QXT2ABC', massKg: 12.5 })
  })
})
