import { refuse, type Refused } from '../../shared/domain/refusal.ts'
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
export function notFound(what: string): Refused {
  return refuse('not-found', `There is no ${what}, or it is not yours.`)
}

/** The answer to a change of records, the same on every resend. */
export function settled(
  statusCode: number,
  { answer, replayed }: { readonly answer: string; readonly replayed: boolean },
): Handled {
  return jsonText(statusCode, answer, { 'idempotent-replayed': String(replayed) })
}

/** The answer to a command, the same on every resend; `location` where it made something that can be read. */
export function created(
  { answer, replayed }: { readonly answer: string; readonly replayed: boolean },
  location?: string,
): Handled {
  return jsonText(201, answer, {
    'idempotent-replayed': String(replayed),
    ...(location !== undefined && { location }),
  })
}
