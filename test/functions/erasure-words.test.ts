import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unpacked } from '../../functions/adapters/packed.ts'
import { aShipment, idOf } from '../given.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { wholeTable } from '../table.ts'
import { heldIn, newPerson } from './held.ts'

/** Vehicles, and what people typed as sentences, on the real engine. */
let here: InProcess
beforeAll(async () => {
  here = await startInProcess()
})
afterAll(async () => {
  await here?.end()
})

const { keys, theirs, pickup, erased, exported } = heldIn(() => here)

async function tableTells(secret: string): Promise<boolean> {
  const texts = (await wholeTable()).flatMap((item) =>
    Object.keys(item).map((attribute) => unpacked(item[attribute]) ?? ''),
  )
  return texts.some((text) => text.includes(secret))
}

describe('an erasure', () => {
  it('finds a load by the plate of its vehicle, and leaves it to nobody, also not in the answer to a resend', async () => {
    const plate = `浙J·${randomBytes(4).readUInt32BE()}`
    const { id } = await pickup({})
    const driver = newPerson()
    const load = aShipment([id], { vehicle: plate, driver })
    const idempotencyKey = randomUUID()
    const first = await here.client.post('/v1/shipments', keys().station, load, { idempotencyKey })
    const path = `/v1/shipments/${idOf(first)}`
    expect(first.text).toContain(plate)
    expect((await here.client.get(path, { key: theirs().station })).text).toContain(plate)
    expect(await exported(plate)).toMatchObject([
      { as: ['vehicle'], fields: [{ name: 'vehicle', value: plate }] },
    ])
    expect(await erased(plate)).toMatchObject({ entries: 1, removed: { vehicle: 1 } })
    expect(await tableTells(plate)).toBe(false)
    expect((await here.client.get(path, { key: theirs().station })).text).not.toContain(plate)
    const again = await here.client.post('/v1/shipments', keys().station, load, { idempotencyKey })
    expect(again.text).not.toContain(plate)
    expect(await exported(driver)).toMatchObject([{ as: ['driver'], fields: [{ name: 'driver' }] }])
  })

  it('takes the reason of a correction with who collected', async () => {
    const collector = newPerson()
    const { id } = await pickup({ collector })
    const instead = { type: 'PickupRecorded', form: 'crate', massKg: 9 }
    const body = { reason: `${collector} mistook it`, instead }
    await here.client.post(`/v1/events/${id}-1/corrections`, keys().station, body)
    expect(await erased(collector)).toMatchObject({ entries: 2, removed: { collector: 1, reason: 1 } })
    expect(await tableTells(collector)).toBe(false)
  })
})
