import { join } from 'node:path'
import { claimFolder, engineOf, releaseFolder } from './claim.ts'
import { startEngine } from './engine.ts'
import { ensureLogKeys } from './log-keys.ts'
import { DATABASE, localEnvironment } from './runtime.ts'

/**
 * What operators' commands work on: a deployment where `LOG_BUCKET` names one, else a data folder, whose engine is the one that
 * runs on it or one of their own for as long as they take. Resolves to what ends that.
 */
export async function openPlace(): Promise<() => Promise<void>> {
  if (process.env['LOG_BUCKET'] !== undefined) return async () => {}
  return openLocal(process.env['DATA_DIR'] ?? '.data')
}

export async function openLocal(dataDir: string): Promise<() => Promise<void>> {
  Object.assign(process.env, { LOG_FOLDER: join(dataDir, 'log'), ...(await ensureLogKeys(dataDir)) })
  const running = await engineOf(dataDir)
  if (running !== undefined) {
    localEnvironment(running)
    return async () => {}
  }
  await claimFolder(dataDir)
  const engine = await startEngine(join(dataDir, DATABASE))
  localEnvironment(engine.endpoint)
  return async () => {
    await engine.stop()
    await releaseFolder(dataDir)
  }
}
