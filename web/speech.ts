/** What every page that speaks several languages does with their tags and with names. */

/** `zh` of `zh-Hans-CN`. */
export const baseOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? ''

/** The first of the tags that somebody prefers that is spoken in any variety; undefined where none is. */
export function spokenOf<Tag extends string>(
  spoken: readonly Tag[],
  preferred: readonly string[],
): Tag | undefined {
  for (const wanted of preferred) {
    const found = spoken.find((tag) => baseOf(tag) === baseOf(wanted))
    if (found !== undefined) return found
  }
  return undefined
}

/** A name in a language; places that have none in it are called as on English maps, else as at home. */
export function nameIn(name: { readonly en: string; readonly zh: string }, language: string): string {
  const names = new Map<string, string>(Object.entries(name))
  return names.get(baseOf(language)) || name.en || name.zh
}
