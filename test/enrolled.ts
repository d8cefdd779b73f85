import { randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { madeEnrolmentView, ownDeviceView } from '../shared/contract/answers/devices.ts'
import { hashedEventIn } from '../functions/adapters/items.ts'
import type { PickupRecorded } from '../shared/domain/events/pickup.ts'
import { signJws } from '../shared/ledger/jws.ts'
import type { Opening } from '../shared/ledger/seal.ts'
import { jsonOf, type Answer, type Client } from './client.ts'
import { aPickup } from './given.ts'
import { newPhoneKey, proofOf, type PhoneKey } from './phone.ts'
import { wholeTable } from './table.ts'

/** Phones that a station enrols on a running server, and what they send. */
export type OwnDevice = z.output<typeof ownDeviceView>

export interface Phone extends PhoneKey {
  readonly device: OwnDevice
}

export type Enrolment = z.output<typeof madeEnrolmentView>

export async function newEnrolment(client: Client, key: string, change: object = {}): Promise<Enrolment> {
  const body = { siteId: 'dachen', label: 'Boat 7', ...change }
  return madeEnrolmentView.parse(jsonOf(await client.post('/v1/enrolments', key, body)))
}

export const codeIn = ({ link }: Pick<Enrolment, 'link'>): string => link.split('#enrol=')[1] ?? ''

/** Sends a code with a key, as the form does. */
export async function useCode(
  client: Client,
  code: string,
  key: PhoneKey,
  change: { proof?: string; publicKey?: unknown } = {},
): Promise<Answer> {
  const proof = change.proof ?? (await proofOf(key, { code, audience: client.url }))
  const body = { code, publicKey: change.publicKey ?? key.publicKey, proof }
  return client.post('/v1/devices', '', body)
}

export async function enrolledPhone(client: Client, key: string, change: object = {}): Promise<Phone> {
  const code = codeIn(await newEnrolment(client, key, change))
  const made = await newPhoneKey()
  return { ...made, device: ownDeviceView.parse(jsonOf(await useCode(client, code, made))) }
}

export interface EntryPayload {
  readonly v: number
  readonly aud: string
  readonly id: string
  readonly capturedAt: string
  readonly pickup: object
}

/** What a phone signs; its time is now and its pickup says none of its own, unless changed. */
export function entryPayload(client: Client, change: Partial<EntryPayload> = {}): EntryPayload {
  const { occurredAt: _, ...pickup } = aPickup({ form: 'net', massKg: 12.5 })
  return { v: 1, aud: client.url, id: randomUUID(), capturedAt: new Date().toISOString(), pickup, ...change }
}

export const signedEntry = (phone: Phone, payload: object): Promise<string> =>
  signJws({ kid: phone.device.id, typ: 'tidemark-pickup+jws' }, payload, phone.sign)

export const sendEntry = (client: Client, id: string, entry: string): Promise<Answer> =>
  client.send('POST', '/v1/signed-pickups', {
    headers: { 'content-type': 'application/json', 'idempotency-key': id },
    body: JSON.stringify({ entry }),
  })

/** Signs and sends in one go. */
export async function logSigned(client: Client, phone: Phone, payload: EntryPayload): Promise<Answer> {
  return sendEntry(client, payload.id, await signedEntry(phone, payload))
}

export async function deviceToken(
  phone: Phone,
  audience: string,
  change: object = {},
  typ = 'tidemark-device+jwt',
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  const claims = { iss: phone.device.id, aud: audience, iat, exp: iat + 300, jti: randomUUID() }
  return signJws({ kid: phone.device.id, typ }, { ...claims, ...change }, phone.sign)
}

export interface StoredPickup {
  readonly event: PickupRecorded
  readonly openings: Readonly<Record<string, Opening>>
}

/** A pickup as it stands in the table: the event, and beside it what opens its commitments. */
export async function storedPickup(batch: string): Promise<StoredPickup> {
  const item = (await wholeTable()).find(({ pk, sk }) => pk?.S === `B#${batch}` && sk?.S === 'H#000001')
  if (!item) throw new Error(`the batch ${batch} has no event`)
  const { event } = hashedEventIn(item)
  if (event.type !== 'PickupRecorded') throw new Error(`the batch ${batch} begins with ${event.type}`)
  return { event, openings: JSON.parse(item['sealed']?.S ?? '{}') }
}
