/**
 * RFC 8785, JSON Canonicalization Scheme: one byte string for one JSON value, so that a hash of it means something.
 * Numbers and strings are written as ECMAScript's JSON.stringify writes them, which is what the RFC prescribes; keys
 * are sorted by UTF-16 code units, which is how ECMAScript compares strings.
 */

/** The canonical text of a value. Keys whose value is undefined are absent. Throws TypeError on what JSON cannot carry. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no ${value}`)
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (LONE_SURROGATE.test(value)) throw new TypeError('canonical JSON has no lone surrogates')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`canonical JSON has no ${typeof value}`)
}

/**
 * Whether a text is the canonical one of the value that was parsed from it, as `canonicalJson(value) === text` says. Where the
 * platform's own text is the same and keys are in order, that is shown without building it anew; whatever is left is
 * compared in full. Throws as {@link canonicalJson} does.
 */
export function isCanonical(text: string, value: unknown): boolean {
  const isPlain = !text.includes('\\ud') && isInOrder(value) && JSON.stringify(value) === text
  return isPlain || canonicalJson(value) === text
}

/** An empty key is taken for one that is not, as no key comes before it here. */
const isInOrder = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  ((Array.isArray(value) || Object.keys(value).every((key, at, keys) => (keys[at - 1] ?? '') < key)) &&
    Object.values(value).every(isInOrder))

/** As `isWellFormed` says it, which browsers before 2023 do not have: with the flag, pairs are single characters. */
const LONE_SURROGATE = /[\ud800-\udfff]/u
