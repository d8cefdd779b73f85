import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** The commands as people start them: processes of their own. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const FOLDER = fileURLToPath(new URL('../../../infra/verify', import.meta.url))

export async function run(
  command: 'verify' | 'witness',
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { LC_ALL: _, LC_MESSAGES: __, ...inherited } = process.env
  const child = spawn(process.execPath, [`${FOLDER}/${command}.ts`, ...args], {
    env: { ...inherited, LANG: 'C', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, out, err }
}
