import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a reader keeps from one time to the next, by the host that it was asked of: keys, and the newest checkpoint. */
export const keptKeys = (folder: string, host: string): string => join(folder, nameOf(host), 'keys.txt')
export const keptCheckpoint = (folder: string, host: string): string =>
  join(folder, nameOf(host), 'checkpoint.txt')

/** The last checkpoint that a witness has cosigned. */
export const keptCosigned = (folder: string, host: string, witness: string): string =>
  join(folder, nameOf(host), `cosigned-${witness}.txt`)

const nameOf = (host: string): string => host.replaceAll(/[^\w.-]/g, '_')

/** A file's text; undefined where there is none. */
export async function readKept(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Hosts that something is kept of. */
export async function keptHosts(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}
