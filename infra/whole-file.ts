import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file aside and renames it, so that a reader or a crash finds the old text or the new one, never half of one. */
export async function writeWhole(
  file: string,
  text: string,
  options: { readonly mode?: number } = {},
): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.new`, text, options)
  await rename(`${file}.new`, file)
}
