import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { runCommand } from '../command.ts'
import { exportLines } from '../../functions/keeping/exporting.ts'
import { openPlace } from '../local/opening.ts'

/** `npm run export`: the whole ledger as JSON Lines. */
const HELP = `Writes the whole ledger as JSON Lines, which npm run restore makes the same ledger of in an empty place.

  npm run export -- --to ledger.jsonl   into a file that only you can read
  npm run --silent export > ledger.jsonl

It has every event with what is sealed beside it, since without that it would be no backup; records of keys (as hashes), members,
phones, grants and organisations; and the log's order, its checkpoints and its public keys. So it names people: keep it as you keep
the table, and destroy copies that are older than an erasure. It has no private key, and of photos only a list of their files.

Environment:
  DATA_DIR   the data of a local Tidemark, which may be running   (default .data)
  TABLE_NAME, LOG_BUCKET, LOG_KMS_KEYS, LOG_ORIGIN, AWS_…          a deployment instead
`

const EVERY = 10_000

async function writeLines(out: Writable): Promise<number> {
  let lines = 0
  for await (const line of exportLines(() => new Date())) {
    if (!out.write(`${line}\n`)) await once(out, 'drain')
    if (++lines % EVERY === 0) process.stderr.write(`${lines} lines\n`)
  }
  return lines
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(HELP)
  const [option, file, ...more] = args
  if (
    (option !== undefined && option !== '--to') ||
    (option === '--to' && file === undefined) ||
    more.length > 0
  )
    throw new Error(`${args.join(' ')} is not understood; npm run export -- --help says what is.`)
  const close = await openPlace()
  try {
    if (file === undefined) return void (await writeLines(process.stdout))
    // Under its name only once it is whole.
    const out = createWriteStream(`${file}.part`, { mode: 0o600 })
    const lines = await writeLines(out)
    out.end()
    await once(out, 'close')
    await rename(`${file}.part`, file)
    process.stderr.write(`${lines} lines are in ${file}.\n`)
  } finally {
    await close()
  }
}

await runCommand(main)
