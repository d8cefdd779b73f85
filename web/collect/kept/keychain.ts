import type { PublicKey } from '../../../shared/ledger/jws.ts'
import type { OwnDevice } from '../sending/answers.ts'
import { database } from './database.ts'

/**
 * Where the phone's key lies. IndexedDB keeps a CryptoKey as it is, which local storage cannot: one that may not be
 * exported is never seen by any script, ours included.
 */
export interface KeptKey {
  readonly privateKey: CryptoKey
  readonly publicKey: PublicKey
}

/** A key with what it is enrolled as, or with the code that it is to be enrolled with. */
export interface KeptPhone {
  readonly key: KeptKey
  readonly device?: OwnDevice
  readonly code?: string
}

export type Place = 'enrolled' | 'pending'

/** What is kept there; rejects where this browser keeps nothing. */
export async function loadPhone(place: Place): Promise<KeptPhone | undefined> {
  return (await database()).get('phone', place)
}

/** Keeps it, or with undefined forgets what was kept; rejects where this browser keeps nothing. */
export async function keepPhone(place: Place, phone: KeptPhone | undefined): Promise<void> {
  const db = await database()
  await (phone ? db.put('phone', phone, place) : db.delete('phone', place))
}
