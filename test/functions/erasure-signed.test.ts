import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchOf } from '../client.ts'
import { enrolledPhone, entryPayload, logSigned, sendEntry, signedEntry, storedPickup } from '../enrolled.ts'
import { aPickup } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { heldIn, newPerson } from './held.ts'

/** What phones have signed is evidence, and tells all of its entry: it goes with whoever is erased from there. */
let here: InProcess
beforeAll(async () => {
  here = await startInProcess()
})
afterAll(async () => {
  await here?.end()
})

const { keys, erased, exported } = heldIn(() => here)
const POSITION = { lat: 28.451634, lon: 121.885472, accuracyM: 9 }

describe('a signed entry', () => {
  it('that names nobody is found by its phone, and nothing of it is left but the event', async () => {
    const phone = await enrolledPhone(here.client, keys().station)
    const { pickup } = entryPayload(here.client)
    const payload = entryPayload(here.client, { pickup: { ...pickup, position: POSITION } })
    const entry = await signedEntry(phone, payload)
    const first = await sendEntry(here.client, payload.id, entry)
    const { id } = batchOf(first)
    expect(await exported(phone.device.id)).toMatchObject([{ eventId: `${id}-1`, as: ['collector'] }])
    const { entries, removed } = await erased(phone.device.id)
    expect({ entries, removed }).toEqual({ entries: 1, removed: { entry: 1, label: 1, position: 1 } })
    expect((await storedPickup(id)).openings).toEqual({})
    const again = await sendEntry(here.client, payload.id, entry)
    expect([again.status, again.text]).toEqual([201, first.text])
    expect((await storedPickup(id)).openings).toEqual({})
  })

  it('that was erased keeps no position that a correction tells anew', async () => {
    const phone = await enrolledPhone(here.client, keys().station)
    const payload = entryPayload(here.client)
    const { id } = batchOf(await logSigned(here.client, phone, payload))
    await erased(phone.device.id)
    const { siteId: _, occurredAt: __, ...fields } = aPickup({ massKg: 5, position: POSITION })
    const body = { reason: 'typed wrong', instead: { type: 'PickupRecorded', ...fields } }
    const corrected = await here.client.post(`/v1/events/${id}-1/corrections`, keys().station, body)
    expect(corrected.status).toBe(201)
    const sealed = await here.client.get(`/v1/batches/${id}/sealed`, { key: keys().operator })
    expect(sealed.text).toContain('EventCorrected')
    expect(sealed.text).not.toContain('28.451634')
  })

  it('goes with who only weighed, since it names them too; what is sealed of the collector alone stays', async () => {
    const [collector, weigher] = [newPerson(), newPerson()]
    const phone = await enrolledPhone(here.client, keys().station)
    const { pickup } = entryPayload(here.client)
    const payload = entryPayload(here.client, {
      pickup: { ...pickup, collector, weigher, position: POSITION },
    })
    const { id } = batchOf(await logSigned(here.client, phone, payload))
    expect((await erased(weigher)).removed).toEqual({ entry: 1, weigher: 1 })
    const { openings } = await storedPickup(id)
    expect(Object.keys(openings).toSorted()).toEqual(['collector', 'position'])
    expect(await exported(collector)).toMatchObject([{ eventId: `${id}-1` }])
  })
})
