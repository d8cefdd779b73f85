import type { PublicKey } from '../../shared/ledger/jws.ts'
import type { OwnDevice } from './answers.ts'

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

const DATABASE = 'tidemark'
const STORE = 'phone'

/** What is kept there; rejects where this browser keeps nothing. */
export async function loadPhone(place: Place): Promise<KeptPhone | undefined> {
  // What this module wrote is trusted to be what it reads.
  const found: KeptPhone | undefined = await inStore('readonly', (store) => store.get(place))
  return found
}

/** Keeps it, or with undefined forgets what was kept; rejects where this browser keeps nothing. */
export async function keepPhone(place: Place, phone: KeptPhone | undefined): Promise<void> {
  await inStore<unknown>('readwrite', (store) => (phone ? store.put(phone, place) : store.delete(place)))
}

async function inStore<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => Pick<IDBRequest<T>, 'result'>,
): Promise<T> {
  const database = await open()
  try {
    const transaction = database.transaction(STORE, mode)
    const request = act(transaction.objectStore(STORE))
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(new Error('The phone could not keep its key')))
    })
    return request.result
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(new Error('This browser keeps nothing')))
  })
}
