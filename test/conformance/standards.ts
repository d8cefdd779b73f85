import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Files of the standards that we follow. They are others', so they lie beside the project and not in it: in
 * `../shared/standards`, or where STANDARDS_DIR says.
 */
const PLACES = [
  process.env['STANDARDS_DIR'],
  ...['../../../shared/standards', '../../../../shared/standards'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  ),
]

type Skip = (reason: string) => void

/** The text of such a file; skips the test, saying why, where it is not there. */
export async function standardOr(skip: Skip, file: string): Promise<string> {
  const found = placeOr(skip, file)
  return found === undefined ? '' : readFile(found, 'utf8')
}

/** The JSON files in a folder and all its folders; skips the test, saying why, where it is not there. */
export async function standardsOr(
  skip: Skip,
  folder: string,
): Promise<{ readonly file: string; readonly text: string }[]> {
  const found = placeOr(skip, folder)
  if (found === undefined) return []
  const files = (await readdir(found, { recursive: true })).filter((file) => file.endsWith('.json'))
  return Promise.all(
    files.toSorted().map(async (file) => ({ file, text: await readFile(join(found, file), 'utf8') })),
  )
}

function placeOr(skip: Skip, path: string): string | undefined {
  const found = PLACES.map((place) => `${place}/${path}`).find((candidate) => existsSync(candidate))
  if (found === undefined)
    skip(`${path} is not in ../shared/standards; set STANDARDS_DIR to where the standards are`)
  return found
}
