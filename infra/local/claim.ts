import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeWhole } from '../whole-file.ts'

/**
 * One runtime per data folder. The folder names the process that runs on it and its engine's, so that a second start
 * beside a live one is refused, and the engine of a runtime that was killed is stopped before a new one opens its file.
 */
interface Claim {
  readonly runtime: number
  readonly engine?: number
  /** Where the engine listens. */
  readonly endpoint?: string
}

const fileOf = (dataDir: string): string => join(dataDir, 'runtime.json')

/** Claims the folder, or throws a sentence saying who holds it. Stops what a killed runtime left behind. */
export async function claimFolder(dataDir: string): Promise<void> {
  const claim = await readClaim(dataDir)
  if (claim) {
    const { runtime, engine } = claim
    if (runtime !== process.pid && (await runs(runtime, 'start.ts'))) {
      throw new Error(
        `Tidemark already runs on ${dataDir} (process ${runtime}). Stop it, or set another DATA_DIR.`,
      )
    }
    if (engine !== undefined && (await runs(engine, 'dynoxide'))) process.kill(engine, 'SIGKILL')
  }
  await recordEngine(dataDir)
}

/** The engine that a live runtime has for a folder. */
export async function engineOf(dataDir: string): Promise<string | undefined> {
  const claim = await readClaim(dataDir)
  return claim && (await runs(claim.runtime, 'start.ts')) ? claim.endpoint : undefined
}

export async function recordEngine(dataDir: string, engine?: number, endpoint?: string): Promise<void> {
  const claim: Claim = {
    runtime: process.pid,
    ...(engine !== undefined && { engine }),
    ...(endpoint !== undefined && { endpoint }),
  }
  await writeWhole(fileOf(dataDir), JSON.stringify(claim))
}

/** Undefined also for a file that says nothing: whoever was cut off while writing it no longer runs. */
async function readClaim(dataDir: string): Promise<Claim | undefined> {
  try {
    const claim: Claim = JSON.parse(await readFile(fileOf(dataDir), 'utf8'))
    return claim
  } catch {
    return undefined
  }
}

export async function releaseFolder(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true })
}

/** Whether the process is alive and is what we think: process numbers are used again. */
async function runs(pid: number, command: string): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  return (await commandLineOf(pid)).includes(command)
}

/** What Linux keeps in a file, other Unixes tell by `ps`. Empty where neither does: then the process passes for another. */
async function commandLineOf(pid: number): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    const asked = promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])
    return asked.then(
      ({ stdout }) => stdout,
      () => '',
    )
  }
}
