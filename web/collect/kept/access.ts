import type { Organisation } from '../sending/answers.ts'
import { courierOf, courierWithKey, type Courier } from '../sending/courier.ts'
import { database } from './database.ts'
import { loadPhone } from './keychain.ts'
import type { Phone } from '../device/phone.ts'

/** In whose name this phone sends: as an enrolled device, or with a station's key. Kept where the service worker finds it. */
export type Access =
  | { readonly by: 'device'; readonly phone: Phone }
  | { readonly by: 'key'; readonly key: string; readonly organisation: Organisation }

/** What is kept of it: the device lies with its key, see keychain.ts. */
export type KeptAccess = { readonly by: 'device' } | Extract<Access, { by: 'key' }>

/** As it was when the phone was last used; undefined where it never was, or this browser keeps nothing. */
export async function loadAccess(): Promise<Access | undefined> {
  try {
    const kept = await (await database()).get('access', 'current')
    if (kept?.by !== 'device') return kept
    const { device, key } = (await loadPhone('enrolled')) ?? {}
    return device && key && { by: 'device', phone: { device, key } }
  } catch {
    return undefined
  }
}

/** Keeps it; a browser that keeps nothing asks again next time. */
export async function keepAccess(access: Access): Promise<void> {
  try {
    await (await database()).put('access', access.by === 'key' ? access : { by: 'device' }, 'current')
  } catch {
    // Told when an entry is to be kept.
  }
}

export const courierFor = (access: Access): Courier =>
  access.by === 'device' ? courierOf(access.phone) : courierWithKey(access.key, access.organisation.id)

/** Whose entries they are, and where they are made. */
export const organisationOf = (access: Access): Organisation => {
  if (access.by === 'key') return access.organisation
  const { organisation, site } = access.phone.device
  return { ...organisation, role: 'collector', sites: [site] }
}
