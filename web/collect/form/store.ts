import { isRecord } from '../sending/answers.ts'
import { EMPTY_DRAFT, type Draft, type Usual } from './entry.ts'

/**
 * What this phone remembers. Every access may throw (private windows, full storage), and a form that cannot remember
 * must still send: then memory lasts as long as the page.
 */
export type StoreKey = 'draft' | 'aside' | 'site' | 'unit' | 'vessel' | 'tare' | 'language' | 'position'

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

/** What is in the form, and how many photos it has. */
export interface SavedDraft {
  readonly draft: Draft
  readonly photos: number
}

/** A draft as it was left; of an older page, it lacks what that did not have. */
export const loadDraft = (): SavedDraft | undefined => readSaved(loadJson('draft'))

/** The drafts that were put aside for others, the last one last. */
export function loadAside(): readonly SavedDraft[] {
  const saved = loadJson('aside')
  const listed: readonly unknown[] = Array.isArray(saved) ? saved : [saved]
  return listed.flatMap((one) => readSaved(one) ?? [])
}

/** Puts a draft aside, in the place of what was aside under its id. */
export function putAside({ draft, photos }: SavedDraft): void {
  saveAside([...loadAside().filter((other) => other.draft.id !== draft.id), { draft, photos }])
}

/** The draft that was put aside last, which is aside no more. */
export function takeAside(): SavedDraft | undefined {
  const aside = loadAside()
  const last = aside.at(-1)
  saveAside(aside.slice(0, -1))
  return last
}

/** What is in the form now need not come back. */
export const dropAside = (id: string): void => saveAside(loadAside().filter(({ draft }) => draft.id !== id))

function saveAside(aside: readonly SavedDraft[]): void {
  if (aside.length === 0) forget('aside')
  else
    saveJson(
      'aside',
      aside.map(({ draft, photos }) => ({ ...draft, photos })),
    )
}

function readSaved(saved: unknown): SavedDraft | undefined {
  if (!isRecord(saved)) return undefined
  const texts = Object.entries(EMPTY_DRAFT).map(([field, usual]) => {
    const value = saved[field]
    return [field, typeof value === 'string' ? value : usual] as const
  })
  const draft: Draft = { ...EMPTY_DRAFT, ...Object.fromEntries(texts) }
  return { draft, photos: typeof saved['photos'] === 'number' ? saved['photos'] : 0 }
}

/** What the last entry had that the next one most likely has too. */
export function loadUsual(): Usual {
  const { unit, tareKg, vessel } = EMPTY_DRAFT
  return {
    unit: loadText('unit') ?? unit,
    tareKg: loadText('tare') ?? tareKg,
    siteId: loadText('site') ?? '',
    vessel: loadText('vessel') ?? vessel,
  }
}

export function saveUsual({ unit, tareKg, siteId, vessel }: Usual): void {
  saveText('unit', unit)
  saveText('site', siteId)
  saveText('vessel', vessel)
  // Kept while another unit is used: the containers at the scale stay the same.
  if (tareKg !== '') saveText('tare', tareKg)
}
