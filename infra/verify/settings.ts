import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { isSample, type Sample } from '../../shared/verification/bundle.ts'
import {
  COSIGNATURE_V1,
  ED25519,
  parseVerifierKey,
  type VerifierKey,
} from '../../shared/ledger/verifier-key.ts'
import { checked, fault, type Checked } from '../../shared/ledger/checked.ts'

/** What `npm run verify` was asked for. */
export interface Settings {
  /** An address, or the path of a saved bundle. */
  readonly source: string
  readonly checkpoint?: string
  readonly keys: readonly VerifierKey[]
  readonly witnesses: readonly VerifierKey[]
  readonly sample?: Sample
  readonly save?: string
  /** An API key, to be shown what devices signed as well. */
  readonly as?: string
  /** Where checkpoints and keys are kept from one time to the next. */
  readonly folder: string
}

export const HELP = `Verifies the story of a batch, without trusting who tells it.

  npm run verify -- <address | file> [options]

  <address>            of a batch's page, such as http://127.0.0.1:3000/b/B7K3M9QXT2ABC, or of its code
  <file>               a bundle that was saved; nothing is asked of anybody then
  --key <key>          a key of the log that you have from somebody you trust; may be given several times. Without it the
                       service's own are taken the first time, and the same ones are asked for from then on
  --checkpoint <file>  what the log had signed when you last looked, to be replaced by the newest; without it, the one that
                       is kept in the folder
  --witness <key>      a witness whose cosignatures you want to see; may be given several times
  --sample <share>     only so many of the pickups, such as 0.02, drawn by lot; <share>:<seed> draws the same again
  --save <file>        keeps the bundle
  --as <API key>       asks as a member of an organisation, who is shown what devices signed (it is noted there)
  --folder <folder>    where keys and checkpoints are kept (default .verified)
  --help               this text

Ends with 0 where all holds, 1 where something does not, 2 where it could not be tried. Speaks Chinese where LANG does.
`

/** Reads the command line; 'help' where that is all that was wanted. */
export async function readSettings(args: readonly string[]): Promise<Checked<Settings> | 'help'> {
  const parsed = parsedArgs(args)
  if (!parsed.ok) return parsed
  const { values, positionals } = parsed.value
  if (values.help === true) return 'help'
  const [source, ...more] = positionals
  if (source === undefined || more.length > 0) return fault('Name one address or one file; --help says how.')
  const keys = await keysOf(values.key ?? [], ED25519, '--key')
  if (!keys.ok) return keys
  const witnesses = await keysOf(values.witness ?? [], COSIGNATURE_V1, '--witness')
  if (!witnesses.ok) return witnesses
  const sample = values.sample === undefined ? checked(undefined) : sampleOf(values.sample)
  if (!sample.ok) return sample
  const { checkpoint, save, as, folder = '.verified' } = values
  return checked({
    source,
    keys: keys.value,
    witnesses: witnesses.value,
    folder,
    ...(checkpoint !== undefined && { checkpoint }),
    ...(sample.value && { sample: sample.value }),
    ...(save !== undefined && { save }),
    ...(as !== undefined && { as }),
  })
}

const parsedArgs = (args: readonly string[]) => {
  try {
    const text = { type: 'string' } as const
    const texts = { type: 'string', multiple: true } as const
    const options = {
      key: texts,
      witness: texts,
      checkpoint: text,
      sample: text,
      save: text,
      as: text,
      folder: text,
      help: { type: 'boolean', short: 'h' },
    } as const
    return checked(parseArgs({ args: [...args], options, allowPositionals: true }))
  } catch (error) {
    return fault(error instanceof Error ? error.message : String(error))
  }
}

export async function keysOf(
  given: readonly string[],
  type: VerifierKey['type'],
  option: string,
): Promise<Checked<VerifierKey[]>> {
  const keys: VerifierKey[] = []
  for (const text of given) {
    const key = await parseVerifierKey(text.trim())
    if (!key.ok) return fault(`${option}: ${key.why}.`)
    if (key.value.type !== type)
      return fault(`${option}: ${text} is a key of type ${key.value.type}; ${type} is needed.`)
    keys.push(key.value)
  }
  return checked(keys)
}

/** A seed that nobody could know before: who sends the sample must not choose it. */
function sampleOf(text: string): Checked<Sample> {
  const [share = '', seed = randomUUID()] = text.split(':')
  const sample = { share: Number(share), seed }
  return isSample(sample)
    ? checked(sample)
    : fault(`--sample must be a share, more than 0 and at most 1; given: ${text}.`)
}
