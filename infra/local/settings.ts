import { ADDRESS_LIMIT, CALLER_LIMIT } from '../../shared/contract/limits.ts'
import { limitFrom, type Limit } from '../../shared/domain/identity/limit.ts'

/** What the environment sets for the local runtime, checked before anything is started or written. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly seed: 'demo' | 'none'
  /** Where callers reach the runtime, if that is not where it listens; without a slash at its end. */
  readonly publicUrl?: string
  /** How often one address may ask; as it likes, where nothing is said. Of callers the authorizer reads for itself. */
  readonly addressLimit?: Limit
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the settings; throws a sentence that says what was given and what is allowed. Empty means the default. */
export function readSettings(environment: Environment): Settings {
  const text = (name: string): string | undefined => environment[name] || undefined
  const publicUrl = text('PUBLIC_URL')
  limitFrom('CALLER_LIMIT', text('CALLER_LIMIT') ?? CALLER_LIMIT)
  choice('LOG_LEVEL', text('LOG_LEVEL') ?? 'warn', ['info', 'warn', 'error'])
  return {
    host: text('HOST') ?? '127.0.0.1',
    port: portFrom(text('PORT') ?? '3000'),
    dataDir: text('DATA_DIR') ?? '.data',
    seed: choice('SEED', text('SEED') ?? 'demo', ['demo', 'none']),
    addressLimit: limitFrom('ADDRESS_LIMIT', text('ADDRESS_LIMIT') ?? ADDRESS_LIMIT),
    ...(publicUrl !== undefined && { publicUrl: originFrom(publicUrl) }),
  }
}

function portFrom(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity
  if (port <= 65_535) return port
  throw new Error(`PORT is ${JSON.stringify(text)}; allowed is a whole number from 0 to 65535.`)
}

function choice<Choice extends string>(name: string, text: string, allowed: readonly Choice[]): Choice {
  const found = allowed.find((candidate) => candidate === text)
  if (found !== undefined) return found
  throw new Error(
    `${name} is ${JSON.stringify(text)}; allowed are ${allowed.join(', ').replace(/, (?=\w+$)/, ' and ')}.`,
  )
}

/** Codes and links put `/b/…` behind it, and the pages name each other by `/…`, so it cannot have a path. */
function originFrom(text: string): string {
  const url = URL.parse(text)
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
  if (isOrigin) return url.origin
  throw new Error(
    `PUBLIC_URL is ${JSON.stringify(text)}; allowed is an http or https address without a path, such as http://192.168.1.20:3000.`,
  )
}
