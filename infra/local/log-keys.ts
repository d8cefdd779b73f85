import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Who signs the log on this machine. In `DATA_DIR/log-keys` lie its origin, its name for good whatever address it has, and
 * the private keys that sign it now, as PEM; both are made at the first start. To rotate, lay another key beside the first
 * (`openssl genpkey -algorithm ed25519 -out .data/log-keys/2.pem`) and start again: both sign then, and the first can be
 * taken away once everybody who verifies knows the second.
 */
export interface LogKeys {
  readonly LOG_ORIGIN: string
  readonly LOG_KEY_FOLDER: string
}

/** Finds or makes them, readable by nobody else. */
export async function ensureLogKeys(dataDir: string): Promise<LogKeys> {
  const folder = join(dataDir, 'log-keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await readdir(folder)
  if (!found.includes('origin'))
    await writeFile(join(folder, 'origin'), `localhost/tidemark-${randomBytes(4).toString('hex')}\n`)
  if (!found.some((name) => name.endsWith('.pem'))) {
    const { privateKey } = generateKeyPairSync('ed25519')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    await writeFile(join(folder, '1.pem'), pem, { mode: 0o600 })
  }
  const origin = await readFile(join(folder, 'origin'), 'utf8')
  return { LOG_ORIGIN: origin.trim(), LOG_KEY_FOLDER: folder }
}
