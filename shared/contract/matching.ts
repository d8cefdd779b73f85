import type { Refusal } from '../domain/refusal.ts'
import type { Route } from './route.ts'

/** Which rows of a table a path belongs to, as API Gateway would find them, and what to say where there is none. */
export interface Match {
  readonly route: Route
  readonly path: Record<string, string>
}

/** Finds the rows for a path, whatever the method; none that the static site serves. */
export function matcherOf(table: Readonly<Record<string, Route>>): (pathname: string) => Match[] {
  const rows = Object.values(table)
    .filter((route) => route.serves !== 'site')
    .map((route) => ({ route, pattern: patternOf(route.path) }))
  return (pathname) =>
    rows.flatMap(({ route, pattern }) => {
      const found = pattern.exec(pathname)
      return found ? [{ route, path: { ...found.groups } }] : []
    })
}

function patternOf(path: string): RegExp {
  const source = path
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')
    .replaceAll(/\{(\w+)\+\}/g, '(?<$1>.+)')
  return new RegExp(`^${source}$`)
}

/** Whoever may GET may also ask for the head alone (RFC 9110, §9.3.2). */
export const methodsOf = (route: Pick<Route, 'method'>): readonly string[] =>
  route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]

/** The methods of all rows that a path belongs to; OPTIONS where other sites may read one, for they ask by it first. */
function allowedOf(matches: readonly Match[]): string {
  const methods = matches.flatMap(({ route }) => methodsOf(route))
  return [...new Set([...methods, ...(matches.some(isOpen) ? ['OPTIONS'] : [])])].join(', ')
}

const isOpen = ({ route }: Match): boolean => route.crossOrigin === true

/**
 * What is allowed where somebody asks by OPTIONS, in the way of the Allow header; undefined where nobody may. No row has
 * that method: it is answered for all that other sites may read, from what the table says.
 */
export const optionsOf = (method: string, matches: readonly Match[]): string | undefined =>
  method === 'OPTIONS' && matches.some(isOpen) ? allowedOf(matches) : undefined

export interface Unmatched {
  readonly refusal: Refusal
  /** The value of the Allow header (RFC 9110, §10.2.1), where the path is there for other methods. */
  readonly allow?: string
}

/** What is said of a request that no row takes: 405 where its path is there for other methods, else 404. */
export function unmatched(method: string, pathname: string, matches: readonly Match[]): Unmatched {
  const where = `${method} ${pathname}`.slice(0, 200)
  if (matches.length === 0) return { refusal: { code: 'not-found', detail: `There is nothing at ${where}.` } }
  const allow = allowedOf(matches)
  return {
    refusal: { code: 'method-not-allowed', detail: `Given: ${where}; allowed here: ${allow}.` },
    allow,
  }
}
