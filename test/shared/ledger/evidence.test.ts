import { beforeAll, describe, expect, it } from 'vitest'
import { signJws } from '../../../shared/ledger/jws.ts'
import { seal, type Opening } from '../../../shared/ledger/seal.ts'
import { verifyEvidence } from '../../../shared/ledger/evidence.ts'
import { newPhoneKey, type PhoneKey } from '../../phone.ts'
import { accepted, ACTOR, pickupCommand, recordPickup } from '../domain/scenario.ts'

const AT = '2026-08-01T00:00:00.000Z'
const ENTRY = {
  v: 1,
  aud: 'https://tidemark.example',
  id: '0b0e7a52-6c1f-4d0e-9d53-0f8f1f6f2a11',
  capturedAt: AT,
  pickup: { siteId: 'dachen', form: 'crate', massKg: 100 },
}

let phone: PhoneKey
beforeAll(async () => {
  phone = await newPhoneKey()
})

/** Records what a phone signed, and has the event say something else where told to. */
async function recorded(change: Parameters<typeof pickupCommand>[0] = {}, payload: object = ENTRY) {
  const entry = await signJws({ kid: 'D1', typ: 'tidemark-pickup+jws' }, payload, phone.sign)
  const { commitments, openings } = await seal({ entry }, () => 'ab'.repeat(16))
  const [event] = accepted(recordPickup(pickupCommand({ sealed: commitments, ...change }), ACTOR))
  if (event?.type !== 'PickupRecorded') throw new Error('no pickup was recorded')
  const opening: Opening = openings['entry'] ?? { salt: '', value: '' }
  return { event, opening }
}

describe('the evidence of a signed pickup', () => {
  it('verifies: the event commits to it, the device signed it, and both say the same', async () => {
    const { event, opening } = await recorded()
    const verified = await verifyEvidence(event, opening, phone.publicKey)
    expect(verified).toEqual({ ok: true, device: 'D1', capturedAt: AT, entryId: ENTRY.id })
  })

  it('does not verify by the key of another device', async () => {
    const { event, opening } = await recorded()
    const other = await newPhoneKey()
    const why = 'this key has not signed them'
    expect(await verifyEvidence(event, opening, other.publicKey)).toEqual({ ok: false, why })
  })

  it('does not verify with another salt or another text, nor where the event knows of none', async () => {
    const { event, opening } = await recorded()
    const other = (await recorded({}, { ...ENTRY, id: 'another' })).opening
    for (const wrong of [{ ...opening, salt: 'cd'.repeat(16) }, other])
      expect(await verifyEvidence(event, wrong, phone.publicKey)).toMatchObject({
        why: 'the event commits to other bytes than these',
      })
    const unsigned = (await recorded({ sealed: {} })).event
    expect(await verifyEvidence(unsigned, opening, phone.publicKey)).toMatchObject({
      why: 'the event commits to no signed entry',
    })
  })

  it.each([
    ['mass', { netGrams: 99_999 }],
    ['form', { form: 'float' as const }],
    ['time', { occurredAt: '2026-08-01T00:00:00.001Z' }],
  ])('does not verify where the event says another %s', async (what, change) => {
    const { event, opening } = await recorded(change)
    const verified = await verifyEvidence(event, opening, phone.publicKey)
    expect(verified).toMatchObject({ ok: false, why: expect.stringContaining(what) })
  })

  it('does not verify where what was signed is of another site, or no entry at all', async () => {
    const elsewhere = { ...ENTRY, pickup: { ...ENTRY.pickup, siteId: 'shitang' } }
    for (const [payload, why] of [
      [elsewhere, 'site'],
      [{ v: 1 }, 'no entry'],
    ] as const) {
      const { event, opening } = await recorded({}, payload)
      const verified = await verifyEvidence(event, opening, phone.publicKey)
      expect(verified).toMatchObject({ ok: false, why: expect.stringContaining(why) })
    }
  })
})
