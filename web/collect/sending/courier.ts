import { signEntry, tokenOf, type Phone } from '../device/phone.ts'
import type { Receipt } from './answers.ts'
import type { PickupBody } from '../form/entry.ts'
import type { Entry, SignedBody } from '../kept/entries.ts'
import { sendPickup, sendSigned, type Reply } from './send.ts'

/** How this phone sends: signed by its own key where it is enrolled, else with a station's key. */
export interface Courier {
  /** The organisation in whose name it sends. */
  readonly org: string
  /** Signs an entry, where that is needed and was not done. */
  readonly sign: (entry: Entry) => Promise<SignedBody | undefined>
  readonly send: (
    id: string,
    packet: { readonly body: PickupBody; readonly signed?: SignedBody | undefined },
  ) => Promise<Reply<Receipt>>
  /** Asks for anything else, with what goes into `Authorization`. */
  readonly ask: <T>(ask: (bearer: string) => Promise<Reply<T>>) => Promise<Reply<T>>
}

export const courierWithKey = (key: string, org: string): Courier => ({
  org,
  sign: async () => undefined,
  send: (id, { body }) => sendPickup(key, id, body),
  ask: (ask) => ask(key),
})

export const courierOf = (phone: Phone): Courier => ({
  org: phone.device.organisation.id,
  // A key that fails is as good as none: the entry stays, and the person is told to go to the station.
  sign: (entry) => signEntry(phone, entry).catch(() => undefined),
  send: async (id, { signed }) => (signed ? sendSigned(id, signed.jws) : { is: 'unsent', why: 'device' }),
  ask: (ask) => asDevice(phone, ask),
})

/**
 * A token counts once, and a browser may send a request again by itself: only who is refused with two tokens is told
 * that the phone is enrolled no more.
 */
export async function asDevice<T>(
  phone: Phone,
  ask: (token: string) => Promise<Reply<T>>,
): Promise<Reply<T>> {
  const once = async (): Promise<Reply<T>> => {
    const reply = await ask(await tokenOf(phone).catch(() => ''))
    return reply.is === 'unsent' && reply.why === 'key' ? { ...reply, why: 'device' } : reply
  }
  const first = await once()
  return first.is === 'unsent' && first.why === 'device' ? once() : first
}
