import { pointerOf } from '../../shared/contract/problem.ts'

/** Texts and punctuation: all that matters to where a member stands. Numbers, words and spaces lie between. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g

/** What the scan is inside of: an object with the names seen so far, or a list with the place it has come to. */
interface Level {
  readonly names: Set<string> | undefined
  at: string | number
  /** Whether the next text in an object is a name: after its brace or a comma, but not after a name. */
  awaitsName: boolean
}

/**
 * JSON Pointer to the first member whose name its object has had before; undefined where every name is given once.
 * `JSON.parse` keeps the last of them and others the first (RFC 8259, §4), so two readers could see two requests.
 * `text` must be JSON that has been parsed: where it is valid, nothing more than this needs to be looked at.
 */
export function repeatedMember(text: string): string | undefined {
  const levels: Level[] = []
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1)
    if (token === '{') levels.push({ names: new Set(), at: '', awaitsName: true })
    else if (token === '[') levels.push({ names: undefined, at: 0, awaitsName: false })
    else if (token === '}' || token === ']') levels.pop()
    else if (level?.names === undefined) {
      if (level !== undefined && token === ',') level.at = Number(level.at) + 1
    } else if (token === ',') level.awaitsName = true
    else if (level.awaitsName) {
      level.at = nameIn(token)
      if (level.names.has(level.at)) return pointerOf(levels.map(({ at }) => at))
      level.names.add(level.at)
      level.awaitsName = false
    }
  }
  return undefined
}

/** Two spellings of a name, one with escapes, are the same name. */
function nameIn(token: string): string {
  return token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1)
}
