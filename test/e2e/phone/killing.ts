import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { batchPage } from '../../../shared/contract/answers/batches.ts'
import { deviceList } from '../../../shared/contract/answers/devices.ts'
import { verifyEvidence } from '../../../shared/ledger/evidence.ts'
import { jsonOf } from '../../client.ts'
import { storedPickup } from '../../enrolled.ts'
import type { InProcess } from '../../in-process.ts'
import {
  enrol,
  fill,
  goOn,
  keptOn,
  keptOnPhone,
  log,
  openForm,
  tapSave,
  tellOnline,
  type Kept,
} from './collector.ts'
import type { Handset } from './handset.ts'
import { cameraOf, type Picture } from './jpeg.ts'
import { DOWN, type Network, type Weather } from './network.ts'

/**
 * A phone that is killed at random while it saves and while it sends, in all weathers. What the screen called saved is
 * on the server in the end, once, with its photos and its signature, and the phone's list says the same.
 */
export interface Ordeal {
  readonly world: InProcess
  readonly network: Network
  readonly phone: Handset
  readonly seed: number
  readonly kills: number
  /** Entries that are logged first, without a network and without being killed. */
  readonly quiet: number
}

/** How it went: entries that are on the server, of which so many had been called saved. */
export interface Survived {
  readonly entries: number
  readonly promised: number
}

export async function survive(ordeal: Ordeal): Promise<Survived> {
  const { world, network, phone, seed, kills, quiet } = ordeal
  const random = randomFrom(seed)
  let page = await phone.open()
  await enrol(page, world, 'Killed')
  await openForm(page, world)
  await keptOnPhone(page)
  const photo = await cameraOf(page)
  const promised: string[] = []
  network.become(DOWN)
  for (let at = 0; at < quiet; at++) {
    promised.push(await log(page, { massKg: massOf(at), photos: [photo(`quiet ${at}`)] }))
    await goOn(page)
  }
  for (let at = 0; at < kills; at++) {
    network.become(weatherOf(random))
    page = await phone.open()
    await openForm(page, world)
    const shown = await killWhileSaving(page, phone, { at: quiet + at, random, photo })
    if (shown !== undefined) promised.push(shown)
  }
  network.become('fair')
  page = await phone.open()
  await openForm(page, world)
  await tellOnline(page)
  await expect
    .poll(() => unsentOn(page), { timeout: 60_000, interval: 200 })
    .toEqual({ entries: 0, photos: 0 })
  const kept = await keptOn(page)
  await compare(kept, promised, world)
  return { entries: kept.entries.length, promised: promised.length }
}

interface Blow {
  readonly at: number
  readonly random: () => number
  readonly photo: (comment: string) => Picture
}

/** Saves an entry and kills the phone some milliseconds later; gives the entry's id if it was called saved before. */
async function killWhileSaving(
  page: Page,
  phone: Handset,
  { at, random, photo }: Blow,
): Promise<string | undefined> {
  await fill(page, {
    massKg: massOf(at),
    photos: random() < 0.7 ? [photo(`entry ${at}`)] : [],
  })
  const panel = page.locator('#outcome article')
  const shown = panel
    .waitFor()
    .then(() => panel.getAttribute('data-entry'))
    .catch(() => undefined)
  const goes = shown.then(() => (random() < 0.5 ? goOn(page) : undefined)).catch(() => undefined)
  await tapSave(page)
  // Half of them while it is being kept, half while it and what was left of the others is being sent.
  await new Promise((resolve) => setTimeout(resolve, random() < 0.5 ? random() * 60 : random() * 900))
  await phone.kill()
  await goes
  return (await shown) ?? undefined
}

const massOf = (at: number): string => String((at + 1) / 1000 + 1)

function weatherOf(random: () => number): Weather {
  const kinds: readonly Weather[] = [
    'fair',
    'fair',
    DOWN,
    (path) => (path === '/v1/signed-pickups' ? 'answer-lost' : undefined),
    (_path, method) => (method === 'PUT' ? 'answer-lost' : undefined),
    (path) => (path.startsWith('/v1/') && random() < 0.4 ? { status: 500 } : undefined),
  ]
  return kinds[Math.floor(random() * kinds.length)] ?? 'fair'
}

async function unsentOn(page: Page): Promise<{ readonly entries: number; readonly photos: number }> {
  const { entries, photos } = await keptOn(page)
  return { entries: entries.filter(({ state }) => state.is !== 'received').length, photos: photos.length }
}

async function compare(kept: Kept, promised: readonly string[], world: InProcess): Promise<void> {
  expect(kept.entries.map(({ id }) => id)).toEqual(expect.arrayContaining([...promised]))
  const receipts = kept.entries.map(({ state }) => state.receipt?.batchId ?? '')
  expect(receipts).toEqual(kept.entries.map(({ batchId }) => batchId))
  expect([...(await batchesAt(world))].toSorted()).toEqual(receipts.toSorted())
  const key = world.runtime.credentials.keys.station
  const { items } = deviceList.parse(jsonOf(await world.client.get('/v1/devices', { key })))
  const device = items.find(({ label }) => label === 'Killed')
  if (!device) throw new Error('the phone is not enrolled')
  for (const batch of receipts) {
    const { event, openings } = await storedPickup(batch)
    if (!openings['entry']) throw new Error(`${batch} was not signed`)
    expect(await verifyEvidence(event, openings['entry'], device.publicKey)).toMatchObject({ ok: true })
    for (const sha256 of hashesIn(openings['photos']?.value)) {
      const path = join(world.dataDir, 'objects/photos', event.org, sha256)
      expect(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ).toBe(sha256)
    }
  }
}

/** All hashes in what a pickup says of its photos, whatever the files are. */
const hashesIn = (photos: unknown): readonly string[] =>
  [...JSON.stringify(photos ?? []).matchAll(/"sha256":"([0-9a-f]{64})"/g)].map(([, hash = '']) => hash)

async function batchesAt(world: InProcess): Promise<readonly string[]> {
  const key = world.runtime.credentials.keys.station
  const ids: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const after = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page = batchPage.parse(
      jsonOf(await world.client.get(`/v1/batches?site=shitang&limit=100${after}`, { key })),
    )
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next
  }
  return ids
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
