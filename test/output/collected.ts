import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROLES } from '../../shared/domain/organisation.ts'

/**
 * What the suite's processes write, and what its tests tell them that nobody may write: both are collected in a folder,
 * for global.ts to compare once all tests are over. Written at once, so that nothing depends on how a process ends.
 */
export const FOLDER = 'TIDEMARK_TEST_OUTPUT'

export type Kind = 'written' | 'told'

/** The file of one process. */
export const fileOf = (kind: Kind, of: string): string => `${kind}-${of}.txt`

function add(kind: Kind, of: string, text: string): void {
  const folder = process.env[FOLDER]
  // Where tests are run otherwise than by the configuration, as by an editor, nothing is collected.
  if (folder !== undefined) appendFileSync(join(folder, fileOf(kind, of)), text)
}

/** Something that a runtime wrote; `of` tells its processes and streams apart. */
export const collect = (of: string, text: string): void => add('written', of, text)

/** Fields whose values are nobody's business, wherever they stand in a body. */
const PERSONAL = new Set([
  'collector',
  'weigher',
  'vessel',
  'driver',
  'vehicle',
  'note',
  'person',
  'label',
  'displayName',
  'email',
  'secret',
  'code',
  'lat',
  'lon',
  'sha256',
])

const told = new Set<string>()

/** Remembers what is private in the body of a request, or of an answer that shows something once. */
export function rememberBody(body: string): void {
  try {
    rememberIn(JSON.parse(body))
  } catch (error) {
    // Tests send much that is no JSON.
    if (!(error instanceof SyntaxError)) throw error
  }
}

/** Without recursion: tests send what is nested deeper than a stack is. */
function rememberIn(body: unknown): void {
  const left = [body]
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue
    for (const [name, member] of Object.entries(value)) {
      if (PERSONAL.has(name)) rememberValue(member)
      left.push(member)
    }
  }
}

/** Remembers a value that is private by itself, such as a key. */
export function rememberValue(value: unknown): void {
  const text = typeof value === 'number' ? exactly(value) : typeof value === 'string' ? value.trim() : ''
  // A role's name is nobody's, whoever a test calls by it.
  if (text.length < SHORTEST || told.has(text) || ROLES.some((role) => role === text)) return
  told.add(text)
  add('told', String(process.pid), `${JSON.stringify(text)}\n`)
}

/** What is shorter stands in any text by chance. */
const SHORTEST = 3

/** A coordinate is exact from four decimals on, which are about ten metres. */
const exactly = (value: number): string => (/\.\d{4,}$/.test(String(value)) ? String(value) : '')
