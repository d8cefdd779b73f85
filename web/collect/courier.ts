import { signEntry, tokenOf, type Phone } from './phone.ts'
import type { Receipt } from './answers.ts'
import type { PickupBody } from './entry.ts'
import type { Entry, SignedBody } from './entries.ts'
import { sendPickup, sendSigned, type Reply } from './send.ts'

/** How this phone sends: signed by its own key where it is enrolled, else with a station's key. */
export interface Courier {
  /** Signs an entry, where that is needed and was not done. */
  readonly sign: (entry: Entry) => Promise<SignedBody | undefined>
  readonly send: (
    id: string,
    packet: { readonly body: PickupBody; readonly signed?: SignedBody | undefined },
  ) => Promise<Reply<Receipt>>
  /** What goes into `Authorization` for all else, made anew for each request. */
  readonly bearer: () => Promise<string>
}

export const courierWithKey = (key: string): Courier => ({
  sign: async () => undefined,
  send: (id, { body }) => sendPickup(key, id, body),
  bearer: async () => key,
})

export const courierOf = (phone: Phone): Courier => ({
  // A key that fails is as good as none: the entry stays, and the person is told to go to the station.
  sign: (entry) => signEntry(phone, entry).catch(() => undefined),
  send: async (id, { signed }) => (signed ? sendSigned(id, signed.jws) : { is: 'unsent', why: 'device' }),
  bearer: () => tokenOf(phone).catch(() => ''),
})
