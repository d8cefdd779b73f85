import type { Loaded } from './adapters/items.ts'
import { refuse, type Refusal } from '../shared/domain/refusal.ts'

/**
 * Entity tags: the version of what was read and, where it is held, by what. A hold from upstream changes what is shown
 * but not the version, since it is no event of the subject's own; so If-None-Match compares all of it, If-Match the
 * version alone.
 */
export function etagOf({ subject, holds }: Pick<Loaded, 'subject' | 'holds'>): string {
  return `"${[subject.version, ...holds].join('+')}"`
}

/** Refuses a change of something that is not as the caller last saw it (If-Match). */
export function refuseChanged(
  header: string | undefined,
  subject: { readonly id: string; readonly version: number },
): { ok: false; refusal: Refusal } | undefined {
  if (header === undefined || header.trim() === '*') return undefined
  const seen = header.split(',').map((tag) => /^(?:W\/)?"(\d+)[^"]*"$/.exec(tag.trim())?.[1])
  if (seen.includes(String(subject.version))) return undefined
  const detail = `You last saw ${subject.id} as ${header.slice(0, MAX_SHOWN)}; it is "${subject.version}" now. Read it again and decide anew.`
  return refuse('precondition-failed', detail)
}

const MAX_SHOWN = 80
