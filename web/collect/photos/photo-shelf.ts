import { database, whyUnkept } from '../kept/database.ts'
import type { KeptPhoto } from './kept-photo.ts'

/** Where files of photos are kept until they are sent. */

export type PhotoKeeping = 'kept' | ReturnType<typeof whyUnkept>

/** Puts a file beyond the page's end. Never rejects. */
export async function keepPhoto(file: KeptPhoto): Promise<PhotoKeeping> {
  try {
    await (await database()).put('photos', file)
    return 'kept'
  } catch (error) {
    return whyUnkept(error)
  }
}

/** What is kept of an entry's photos, those that were taken first first; nothing where nothing can be kept. Never rejects. */
export async function keptPhotosOf(entryId: string): Promise<readonly KeptPhoto[]> {
  try {
    const files = await (await database()).getAllFromIndex('photos', 'entryId', entryId)
    return files.sort((a, b) => a.shotAt - b.shotAt)
  } catch {
    return []
  }
}

/** Forgets files; those that are not kept are none the less forgotten. Never rejects. */
export async function forgetPhotos(files: readonly Pick<KeptPhoto, 'entryId' | 'sha256'>[]): Promise<void> {
  try {
    const transaction = (await database()).transaction('photos', 'readwrite')
    await Promise.all([
      ...files.map(({ entryId, sha256 }) => transaction.store.delete([entryId, sha256])),
      transaction.done,
    ])
  } catch {
    // Then nothing was kept either.
  }
}
