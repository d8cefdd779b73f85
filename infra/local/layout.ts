import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Counts up with every change to what is stored of events and states, as long as there is nothing that migrates them. */
const LAYOUT = '12'

/** Marks a new data folder with the layout of what is stored in it. Throws a sentence where an old one has another. */
export async function checkLayout(dataDir: string, database: string): Promise<void> {
  const file = join(dataDir, 'layout')
  if (!(await isThere(join(dataDir, database)))) return writeFile(file, LAYOUT)
  const found = (await isThere(file)) ? (await readFile(file, 'utf8')).trim() : 'none'
  if (found === LAYOUT) return
  throw new Error(
    `${dataDir} was made by another version of Tidemark (layout ${found}, this one reads ${LAYOUT}). Set DATA_DIR to a new folder, or remove this one.`,
  )
}

/** Marks a folder whose data were all put there at once; a start refuses it before. */
export const markLayout = (dataDir: string): Promise<void> => writeFile(join(dataDir, 'layout'), LAYOUT)

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
