import { matcherOf, optionsOf, unmatched } from '../../shared/contract/matching.ts'
import { ROUTES } from '../../shared/contract/routes.ts'
import { readDigitalLink } from '../../shared/domain/gs1/digital-link.ts'
import { shapeOf } from '../http/accept.ts'
import { headersOf, preflightHeaders } from '../http/headers.ts'
import type { Handled, HttpEvent } from '../http/http.ts'
import { languageFor, noLink, noPassport } from './dead-ends.ts'

/**
 * What is said to a request that no row takes: 405 or 404 like all refusals; what may be asked there, to who asks by
 * OPTIONS. But near the addresses that stand in codes are people: there a slash too many leads on, and a number too few
 * is told on a page, to other sites too.
 */
export async function unrouted(event: HttpEvent): Promise<Handled> {
  const { rawPath } = event
  const { method } = event.requestContext.http
  const matches = matching(rawPath)
  const near = matches.length === 0 ? nearCodes(rawPath) : undefined
  const options = optionsOf(method, near ? [{ route: near, path: {} }] : matches)
  if (options !== undefined) return { answer: { statusCode: 204, headers: preflightHeaders(options) } }
  if (near && (method === 'GET' || method === 'HEAD')) return opened(near, answerNear(near, event))
  const { refusal, allow } = unmatched(method, rawPath, matches)
  return { refusal, ...(allow !== undefined && { headers: { allow } }) }
}

const matching = matcherOf(ROUTES)

/** The rows whose addresses are printed as codes. */
type OfCodes = typeof ROUTES.scan | typeof ROUTES.resolve

function nearCodes(path: string): OfCodes | undefined {
  const first = (of: string): string | undefined => of.split('/')[1]
  return [ROUTES.scan, ROUTES.resolve].find((row) => first(row.path) === first(path))
}

function answerNear(near: OfCodes, event: HttpEvent): Handled {
  const { rawPath, rawQueryString, headers, queryStringParameters: rawQuery = {} } = event
  const header = (name: string): string | undefined => headers[name]
  const asked = { header, rawQuery }
  if (near === ROUTES.resolve) {
    const read = readDigitalLink(rawPath, rawQueryString)
    if (!read.ok) return noLink('malformed', read, asked)
  }
  const bare = rawPath.replace(/\/+$/, '')
  if (matching(bare).some(({ route }) => route.method === 'GET')) {
    const location = rawQueryString === '' ? bare : `${bare}?${rawQueryString}`
    return { answer: { statusCode: 308, headers: { location, 'cache-control': 'public, max-age=3600' } } }
  }
  const isPage = shapeOf(header('accept'), rawQuery) === 'html'
  return noPassport('malformed', {
    isPage,
    lang: languageFor(asked),
    given: bare.split('/').slice(2).join('/'),
  })
}

/** With the headers of the row that it stands in for. */
function opened(row: OfCodes, handled: Handled): Handled {
  if ('refusal' in handled) return { ...handled, headers: { ...headersOf(row), ...handled.headers } }
  const { answer } = handled
  return { answer: { ...answer, headers: { ...headersOf(row), ...answer.headers } } }
}
