import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commitment } from '../../../../shared/ledger/seal.ts'
import { page } from '../../../web/trace/reading.ts'
import {
  accepted,
  ACTOR,
  batch,
  givenPickups,
  passportOf,
  pickupCommand,
  recordPickup,
  SITE,
} from '../scenario.ts'

/** Degrees to a tenth of a metre, and never on a rounder figure. */
const degrees = (from: number, to: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.integer({ min: from * 1e5, max: to * 1e5 }), fc.integer({ min: 1, max: 9 }))
    .map(([n, digit]) => Number(`${(n / 1e5).toFixed(5)}${digit}`))
const position = fc.record({ lat: degrees(24, 31), lon: degrees(119, 126) })
const name = fc.stringMatching(/^Chen [0-9a-f]{12}$/)

const COOP = { id: 'coop', name: { en: 'The co-op', zh: '合作社' }, sites: [SITE] }

describe('a passport and its page', () => {
  it('tell nothing by which a position, a person or a photo could be found again', async () => {
    const pickups = fc.record({
      position,
      accuracyM: fc.option(fc.integer({ min: 3, max: 500 }), { nil: 0 }),
      collector: name,
      weigher: name,
      isFromVessel: fc.boolean(),
      photos: fc.array(fc.record({ position }), { maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(pickups, async (told) => {
        const sealed = {
          position: await commitment({ salt: 'a', value: told.position }),
          collector: await commitment({ salt: 'b', value: told.collector }),
        }
        const command = pickupCommand({ ...told, sealed })
        const event = JSON.stringify(accepted(recordPickup(command, ACTOR)))
        const passport = passportOf(batch(givenPickups(command), 'BAAAAAAAAAAAA'), [COOP])
        const shown = [JSON.stringify(passport), page(passport, 'en'), page(passport, 'zh')].join('\n')
        const places = [told.position, ...told.photos.map((photo) => photo.position)]
        const secrets = [
          ...places.flatMap(({ lat, lon }) => [lat, lon].map((exact) => String(exact).slice(0, -2))),
          ...[told.collector, told.weigher].map((who) => who.slice(-12)),
        ]
        expect(secrets.filter((secret) => event.includes(secret))).toEqual([])
        const commitments = Object.values(sealed)
        expect([...secrets, ...commitments].filter((secret) => shown.includes(secret))).toEqual([])
      }),
    )
  })
})
