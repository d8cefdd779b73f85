import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
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

/** The text of such a file; skips the test, saying why, where it is not there. */
export async function standardOr(skip: (reason: string) => void, file: string): Promise<string> {
  const found = PLACES.map((place) => `${place}/${file}`).find((path) => existsSync(path))
  if (found === undefined) {
    skip(`${file} is not in ../shared/standards; set STANDARDS_DIR to where the standards are`)
    return ''
  }
  return readFile(found, 'utf8')
}
