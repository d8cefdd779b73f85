import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FOLDER, type Kind } from './collected.ts'
import { isRequestLine, leaksIn } from './leaks.ts'

/**
 * Around the whole suite: all that its runtimes write is collected, and once the last test is over it is searched for
 * keys, tokens, and whatever the tests have said that is personal. What is found fails the suite.
 */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tidemark-output-'))
  process.env[FOLDER] = folder
  return async () => {
    try {
      await judge(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const MOST_SHOWN = 10

/** Throws where something was written that must not be, or where nothing was collected though there was something to. */
export async function judge(folder: string): Promise<void> {
  const files = await readdir(folder)
  const textsOf = (kind: Kind): Promise<string[]> =>
    Promise.all(
      files.filter((file) => file.startsWith(`${kind}-`)).map((file) => readFile(join(folder, file), 'utf8')),
    )
  const told = (await textsOf('told')).flatMap(valuesIn)
  const written = (await textsOf('written')).join('\n')
  if (told.length > 0 && !written.split('\n').some(isRequestLine))
    throw new Error('requests were made, and no log of any was collected')
  const leaks = leaksIn(written, [...new Set(told)])
  if (leaks.length === 0) return
  const shown = leaks.slice(0, MOST_SHOWN).map(({ what, line }) => `  ${what} in: ${line.slice(0, 300)}`)
  throw new Error(`${leaks.length} times something private was written:\n${shown.join('\n')}`)
}

const valuesIn = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => String(JSON.parse(line)))
