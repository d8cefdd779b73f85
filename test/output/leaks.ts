import { routeKey, ROUTES, type Route } from '../../shared/contract/routes.ts'

/** What must not stand in anything that a runtime writes, and where it does. */
export interface Leak {
  readonly what: string
  readonly line: string
}

/** What is a secret by its looks, whoever it belongs to. */
const SECRETS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a key', /\btm_[a-z]+_[\w-]{8,}/],
  ['a JSON Web Token or Signature', /\beyJ[\w-]{6,}\.[\w-]*\.[\w-]+/],
  ['an Authorization header', /\bauthorization["']?\s*[:=]|\bbearer\s+[\w.~+/=-]{8,}/i],
  ['a signed link', /X-Amz-(Signature|Credential)=/i],
]

/** What `npm start` prints for the person who started it, and for nobody else: the link to the form has a key in it. */
const PRINTED_AT_START = /^ {2}Log a pickup +http\S+\/collect\/#key=tm_collector_[\w-]+$/

const KEYS = new Set([...Object.values<Route>(ROUTES).map(routeKey), '$default'])
const REQUEST =
  /^\{"level":"info","message":"request","at":"[\d:.TZ-]{24}","requestId":"[\da-f-]{36}","route":"([^"]+)","status":\d{3},"ms":\d+\}$/

/** Whether a line is that of a request and has room for nothing else. */
export function isRequestLine(line: string): boolean {
  const [, key = ''] = REQUEST.exec(line) ?? []
  return KEYS.has(key.replace(/^HEAD /, 'GET '))
}

/** Everything in a text that gives away a secret, or anything that tests told in confidence. */
export function leaksIn(text: string, told: readonly string[]): Leak[] {
  const lines = text.split('\n').filter((line) => !isRequestLine(line) && !PRINTED_AT_START.test(line))
  return [...new Set(lines)].flatMap((line) => [
    ...SECRETS.filter(([, pattern]) => pattern.test(line)).map(([what]) => ({ what, line })),
    ...told.filter((value) => tells(line, value)).map((value) => ({ what: JSON.stringify(value), line })),
  ])
}

/** As a word by itself: what is part of a longer word or number is something else. */
function tells(line: string, value: string): boolean {
  for (let at = line.indexOf(value); at >= 0; at = line.indexOf(value, at + 1)) {
    const [before, after] = [line.charAt(at - 1), line.charAt(at + value.length)]
    if (!isWithin(before, value.charAt(0)) && !isWithin(after, value.charAt(value.length - 1))) return true
  }
  return false
}

/** Whether a character goes on the word or number that the next one is in. Chinese has no spaces between words. */
const isWithin = (neighbour: string, own: string): boolean =>
  /[a-z0-9]/i.test(own) && /[a-z0-9]/i.test(neighbour)
