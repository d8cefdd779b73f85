import { rm } from 'node:fs/promises'
import { startRuntime, type Runtime } from '../infra/local/runtime.ts'
import type { Settings } from '../infra/local/settings.ts'
import { clientOf, type Client } from './client.ts'
import { temporaryFolder } from './runtime.ts'

/** A runtime in the process of the tests, on a folder of its own, for those that also look behind the API's back. */
export interface InProcess {
  readonly runtime: Runtime
  readonly client: Client
  readonly dataDir: string
  /** Stops it and removes its folder. */
  readonly end: () => Promise<void>
}

export async function startInProcess(seed: Settings['seed'] = 'none'): Promise<InProcess> {
  const dataDir = await temporaryFolder()
  const runtime = await startRuntime({ host: '127.0.0.1', port: 0, dataDir, seed })
  const end = async (): Promise<void> => {
    await runtime.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { runtime, client: clientOf(runtime.url), dataDir, end }
}
