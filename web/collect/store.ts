import { isRecord } from './answers.ts'
import { EMPTY_DRAFT, type Draft } from './entry.ts'

/**
 * What this phone remembers. Every access may throw (private windows, full storage), and a form that cannot remember
 * must still send: then memory lasts as long as the page.
 */
export type StoreKey = 'draft' | 'site' | 'language' | 'position'

const memory = new Map<StoreKey, string>()
const nameOf = (key: StoreKey): string => `tidemark.${key}`

export function loadText(key: StoreKey): string | undefined {
  try {
    return localStorage.getItem(nameOf(key)) ?? memory.get(key)
  } catch {
    return memory.get(key)
  }
}

export function saveText(key: StoreKey, text: string): void {
  memory.set(key, text)
  try {
    localStorage.setItem(nameOf(key), text)
  } catch {
    // Kept in memory above.
  }
}

export function forget(key: StoreKey): void {
  memory.delete(key)
  try {
    localStorage.removeItem(nameOf(key))
  } catch {
    // Nothing was stored.
  }
}

/** What was saved as JSON under this key; undefined if nothing was or it cannot be read. */
export function loadJson(key: StoreKey): unknown {
  const text = loadText(key)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

export function saveJson(key: StoreKey, value: unknown): void {
  saveText(key, JSON.stringify(value))
}

/** The draft as it was left, how many photos it had, and the id that the entry will have, under which they are kept. */
export function loadDraft(): { readonly draft: Draft; readonly photos: number; readonly entryId?: string } {
  const saved = loadJson('draft')
  if (!isRecord(saved)) return { draft: EMPTY_DRAFT, photos: 0 }
  const { entryId } = saved
  const text = (field: keyof Draft): string => {
    const value = saved[field]
    return typeof value === 'string' ? value : EMPTY_DRAFT[field]
  }
  const draft: Draft = {
    form: text('form'),
    massKg: text('massKg'),
    pieces: text('pieces'),
    siteId: text('siteId'),
    polymer: text('polymer'),
    occurredAt: text('occurredAt'),
    collector: text('collector'),
    weigher: text('weigher'),
    vessel: text('vessel'),
  }
  return {
    draft,
    photos: typeof saved['photos'] === 'number' ? saved['photos'] : 0,
    ...(typeof entryId === 'string' && { entryId }),
  }
}
