import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand } from '../command.ts'
import { dynamo, tableName } from '../../functions/adapters/client.ts'
import { keptCheckpoints } from '../../functions/adapters/log-objects.ts'
import { logOrigin } from '../../functions/adapters/log-signer.ts'
import { isTableEmpty } from '../../functions/adapters/whole-table.ts'
import { checkFile } from '../../functions/keeping/reading.ts'
import { restoreFrom } from '../../functions/keeping/restoring.ts'
import { markLayout } from '../local/layout.ts'
import { openLocal } from '../local/opening.ts'
import { skipStream } from '../local/pump.ts'
import { ensureTable } from '../local/table.ts'

/** `npm run restore -- file`: a ledger from what `npm run export` wrote. */
const HELP = `Makes the ledger of a file that npm run export wrote, in an empty data folder or an empty stage.

  npm run restore -- ledger.jsonl
  npm run restore -- ledger.jsonl --key <verifier key>   only if the log's checkpoint is signed by this key, as you know it from elsewhere
  npm run restore -- ledger.jsonl --check                only says whether the file is whole and what the log has signed

The file is read from end to end before anything is written; one that was changed or cut off is refused. Lay the keys that signed the
log into DATA_DIR/log-keys first, if you have them; else new ones sign from here on. Photos are not in the
file: copy them too, into DATA_DIR/objects or the bucket. If the log has signed more since the export, others may know: see the README.

Environment:
  DATA_DIR   a folder that is new or empty but for log-keys   (default .data)
  TABLE_NAME, LOG_BUCKET, LOG_KMS_KEYS, LOG_ORIGIN, AWS_…      an empty deployment instead
`

interface Asked {
  readonly file: string
  readonly keys: readonly string[]
  readonly isCheck: boolean
}

function askedIn(args: readonly string[]): Asked {
  const [file, ...rest] = args
  const keys: string[] = []
  let isCheck = false
  for (let at = 0; at < rest.length; at++) {
    const key = rest[at] === '--key' ? rest[++at] : undefined
    if (key !== undefined) keys.push(key)
    else if (rest[at] === '--check') isCheck = true
    else throw new Error(`${rest[at] ?? '--key'} is not understood; npm run restore -- --help says what is.`)
  }
  if (file === undefined || file.startsWith('-'))
    throw new Error('Name the file: npm run restore -- ledger.jsonl')
  return { file, keys, isCheck }
}

const tell = (what: string): void => void process.stderr.write(`${what}\n`)

interface Opened {
  /** Marks the place as whole. */
  readonly finish: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A folder in which nothing is but keys of a log of this name. */
async function openEmptyFolder(dataDir: string, origin: string): Promise<Opened> {
  const found = (await readdir(dataDir).catch(() => [])).filter((name) => name !== 'log-keys')
  if (found.length > 0)
    throw new Error(`${dataDir} is not empty: there is ${found.join(', ')}. Set DATA_DIR to a new folder.`)
  const named = join(dataDir, 'log-keys', 'origin')
  await mkdir(join(dataDir, 'log-keys'), { recursive: true, mode: 0o700 })
  if (!(await stat(named).catch(() => undefined))) await writeFile(named, `${origin}\n`)
  const here = (await readFile(named, 'utf8')).trim()
  if (here !== origin)
    throw new Error(`The keys in ${dataDir} are of the log ${here}, and the file is of ${origin}.`)
  const close = await openLocal(dataDir)
  const finish = async (): Promise<void> => {
    const streamArn = await ensureTable(dynamo(), tableName())
    const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? ''
    await skipStream(
      endpoint,
      streamArn,
      ['pump.json', 'log-pump.json'].map((name) => join(dataDir, name)),
    )
    await markLayout(dataDir)
  }
  return { finish, close }
}

async function openEmptyStage(origin: string): Promise<Opened> {
  if (!(await isTableEmpty()))
    throw new Error(`The table ${tableName()} is not empty. Deploy a new stage to restore into.`)
  if ((await keptCheckpoints()).length > 0)
    throw new Error(
      `The bucket ${process.env['LOG_BUCKET']} has a log already. Deploy a new stage to restore into.`,
    )
  if (logOrigin() !== origin)
    throw new Error(
      `LOG_ORIGIN is ${logOrigin()}, and the file is of the log ${origin}: a log keeps its name.`,
    )
  return { finish: async () => {}, close: async () => {} }
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(HELP)
  const { file, keys, isCheck } = askedIn(args)
  const { ledger, head, counts } = await checkFile(file, keys)
  tell(
    `${file} is whole: ${counts['event'] ?? 0} events, ${head?.size ?? 0} of them in the log, as of ${ledger.at}.`,
  )
  if (isCheck) return
  const isDeployed = process.env['LOG_BUCKET'] !== undefined
  const dataDir = process.env['DATA_DIR'] ?? '.data'
  const { finish, close } = isDeployed
    ? await openEmptyStage(ledger.origin)
    : await openEmptyFolder(dataDir, ledger.origin)
  try {
    if (!isDeployed) await ensureTable(dynamo(), tableName())
    const { events, records, batches } = await restoreFrom(file, head, tell)
    await finish()
    tell(
      `Restored: ${events} events, ${batches} batches, ${records} records. npm run monitor compares them with the log.`,
    )
    if (counts['photo'] !== undefined)
      tell(`The file names ${counts['photo']} files of photos: copy them too.`)
  } finally {
    await close()
  }
}

await runCommand(main)
