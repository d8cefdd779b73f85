import { refuse } from '../shared/domain/refusal.ts'
import type { Handled } from './http.ts'

/** The shapes in which handlers answer. */
type Headers = Readonly<Record<string, string>>

/** JSON that is nobody else's business: never cached. */
export function json(statusCode: number, value: unknown, headers: Headers = {}): Handled {
  return jsonText(statusCode, JSON.stringify(value), headers)
}

export function jsonText(statusCode: number, body: string, headers: Headers = {}): Handled {
  return {
    answer: {
      statusCode,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
      body,
    },
  }
}

/** Also for what exists but is another organisation's: even existence is private. */
export function notFound(what: string): Handled {
  return refuse('not-found', `There is no ${what}, or it is not yours.`)
}
