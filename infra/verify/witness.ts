import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { openCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { cosign } from '../../shared/ledger/cosignature.ts'
import { printNote } from '../../shared/ledger/note.ts'
import { ED25519, printVerifierKey } from '../../shared/ledger/verifier-key.ts'
import { compareByTiles } from '../../shared/verification/growth.ts'
import { ended, notTried, plain, DISPROVEN, PROVEN } from './ending.ts'
import { writeWhole } from '../whole-file.ts'
import { keptCosigned, readKept } from './kept.ts'
import { downloadCheckpoint, tilesOf } from './service.ts'
import { keysOf } from './settings.ts'
import { failed } from './showing.ts'
import { trustHost } from './trusting.ts'
import { witnessKey } from './witness-key.ts'
import { wordsFor } from './words.ts'

/**
 * `npm run witness`: somebody else's eye on the log (c2sp.org/tlog-witness, without its protocol). It cosigns what the log shows
 * now, once it is proven to have grown from what it last cosigned. What it cosigns is kept before anybody gets the signature, so it
 * never cosigns two histories.
 */
const HELP = `Cosigns the newest checkpoint of a log, if the log only grew since the last one.

  npm run witness -- <address of the log, such as http://127.0.0.1:3000/log> --key-file <file> [options]

  --key-file <file>  the witness's own key; made where there is none yet
  --name <name>      the witness's name, when its key is made (default ${hostname()}/witness)
  --key <key>        a key of the log that you have from somebody you trust; without it, the service's own at the first time
  --save <file>      keeps the cosigned checkpoint; without it, it is printed
  --folder <folder>  where it keeps what it has cosigned (default .verified)
  --help             this text

Ends with 0 where it cosigned, 1 where the log did not only grow, 2 where it could not be tried.
`

async function main(): Promise<number> {
  const { values, positionals } = readArgs()
  if (values.help === true) {
    process.stdout.write(HELP)
    return PROVEN
  }
  const [log, ...more] = positionals
  const { 'key-file': keyFile, folder = '.verified', save, name = `${hostname()}/witness` } = values
  if (log === undefined || more.length > 0 || keyFile === undefined)
    return notTried('Name the log and --key-file; --help says how.')
  const keys = await keysOf(values.key ?? [], ED25519, '--key')
  if (!keys.ok) return notTried(keys.why)
  const own = await witnessKey(keyFile, name)
  if (!own.ok) return notTried(own.why)
  const { host, origin: base } = new URL(log)
  const trusting = await trustHost(base, { keys: keys.value, witnesses: [own.value.key], folder })
  if (!trusting.ok) return notTried(trusting.why)
  const { trust } = trusting.value
  const words = wordsFor(process.env)

  const newest = await openCheckpoint(await downloadCheckpoint(log), trust)
  if (!newest.ok) return disproven(words.faults['untrusted-checkpoint'], newest.why)
  const file = keptCosigned(folder, host, own.value.key.id)
  const text = await readKept(file)
  const last = text === undefined ? undefined : await openCheckpoint(text, trust)
  if (last?.ok === false) return notTried(`${file}: ${last.why}`)
  if (last) {
    const comparison = await compareByTiles(last.value, newest.value, tilesOf(log))
    if (!comparison.ok) return disproven(words.broken[comparison.outcome], comparison.why)
  }

  const [before = 0n] = last?.value.cosignatures.map(({ timeSeconds }) => timeSeconds) ?? []
  const now = BigInt(Math.floor(Date.now() / 1000))
  const { text: signedText, signatures } = newest.value.note
  const cosignature = await cosign(signedText, own.value.key, now > before ? now : before, own.value.sign)
  // Of others who have signed it only the log's own signatures go along.
  const logs = signatures.filter((one) => newest.value.signers.some(({ id }) => id === one.id))
  const cosigned = printNote({ text: signedText, signatures: [...logs, cosignature] })
  await writeWhole(file, cosigned)
  if (save === undefined) process.stdout.write(cosigned)
  else await writeWhole(save, cosigned)
  const { key } = own.value
  process.stderr.write(`${words.cosigned(printVerifierKey(key), String(newest.value.size))}\n`)
  return PROVEN
}

function disproven(what: string, why: string): number {
  process.stdout.write(`${failed(what)}\n      ${plain(why)}\n`)
  return DISPROVEN
}

function readArgs() {
  const text = { type: 'string' } as const
  const options = {
    'key-file': text,
    name: text,
    key: { type: 'string', multiple: true },
    save: text,
    folder: text,
    help: { type: 'boolean', short: 'h' },
  } as const
  return parseArgs({ options, allowPositionals: true })
}

process.exitCode = await ended(main)
