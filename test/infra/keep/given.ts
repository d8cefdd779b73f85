import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openLocal } from '../../../infra/local/opening.ts'
import type { Item } from '../../../functions/adapters/items.ts'
import { wholeTable } from '../../table.ts'

/** Operators' commands on a data folder, as they are typed, and what is in its table behind everybody's back. */
export interface Told {
  readonly code: number | string | null | undefined
  readonly stdout: string
  readonly stderr: string
}

export function command(program: string, dataDir: string, ...args: readonly string[]): Promise<Told> {
  const file = fileURLToPath(new URL(`../../../infra/${program}.ts`, import.meta.url))
  return new Promise((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDir }
    execFile(process.execPath, [file, ...args], { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    )
  })
}

/** Works on the table of a folder on which nothing else runs. */
export async function onFolder<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const close = await openLocal(dataDir)
  try {
    return await work()
  } finally {
    await close()
    delete process.env['DYNAMODB_ENDPOINT']
  }
}

export const tableOf = (dataDir: string): Promise<Item[]> => onFolder(dataDir, wholeTable)
