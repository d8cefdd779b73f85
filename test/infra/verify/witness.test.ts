import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCheckpoint } from '../../../shared/ledger/checkpoint.ts'
import { parseVerifierKey, type VerifierKey } from '../../../shared/ledger/verifier-key.ts'
import { temporaryFolder } from '../../runtime.ts'
import { aLog, type Signer } from '../../shared/ledger/signers.ts'
import { comb, PRODUCT } from '../../shared/verification/comb.ts'
import { evidenceOf, logOf, partsOf, type Evidence } from '../../shared/verification/evidence.ts'
import { run, type Ended } from './processes.ts'
import { serve, type Served } from './served.ts'

let signer: Signer
let evidence: Evidence
let served: Served
let folder: string

beforeEach(async () => {
  folder = await temporaryFolder()
  signer = await aLog()
  evidence = await evidenceOf(comb(), signer)
  served = await serve(evidence, await partsOf(evidence, PRODUCT), signer)
})
afterEach(async () => {
  await served.close()
  await rm(folder, { recursive: true, force: true })
})

const witness = async (...args: string[]): Promise<Ended> => {
  const own = [
    '--key-file',
    join(folder, 'witness.key'),
    '--folder',
    join(folder, 'kept'),
    '--name',
    'w.example/1',
  ]
  return run('witness', [`${served.url}/log`, ...own, ...args])
}

async function keyIn({ err }: Ended): Promise<VerifierKey> {
  const key = await parseVerifierKey(/^\S+/.exec(err)?.[0] ?? '')
  if (!key.ok) throw new Error(key.why)
  return key.value
}

const grown = async (hashes: readonly string[]): Promise<void> => {
  served.log = await logOf([...hashes, 'a'.repeat(64)], signer)
}

describe('npm run witness', () => {
  it('cosigns what the log shows, by a key that it makes the first time and nobody else can read', async () => {
    const ended = await witness()
    expect(ended.code).toBe(0)
    const key = await keyIn(ended)
    const opened = await openCheckpoint(ended.out, { origin: signer.key.name, keys: [signer.key, key] })
    expect(opened).toMatchObject({ ok: true, value: { size: evidence.log.size } })
    expect(opened.ok && opened.value.cosignatures.map(({ key: { name } }) => name)).toEqual(['w.example/1'])
    expect((await stat(join(folder, 'witness.key'))).mode & 0o077).toBe(0)
    expect(await keyIn(await witness())).toEqual(key)
  })

  it('cosigns again once the log grew, and a reader is shown what it saw', async () => {
    const file = join(folder, 'cosigned.txt')
    const ended = await witness('--save', file)
    await grown(evidence.history.map(({ hash }) => hash))
    served.parts = { ...served.parts, proof: await served.log.proofOf(served.parts.head) }
    expect((await witness()).code).toBe(0)
    const key = /^\S+/.exec(ended.err)?.[0] ?? ''
    const cosigned = await readFile(file, 'utf8')
    const args = [`${served.url}/b/${PRODUCT}`, '--folder', folder, '--checkpoint', file, '--witness', key]
    const { code, out } = await run('verify', args)
    expect(code).toBe(0)
    expect(out).toContain('✓ The witness w.example/1 has cosigned')
    expect(out).toContain('The log only grew')
    expect(await readFile(file, 'utf8')).toBe(cosigned)
  })

  it('does not cosign a second history, a smaller one, or one that it is not shown to have grown', async () => {
    await grown(evidence.history.map(({ hash }) => hash))
    const { log } = served
    expect((await witness()).code).toBe(0)
    const hashes = evidence.history.map(({ hash }) => hash)
    await grown(hashes.toSpliced(3, 1, 'f'.repeat(64)))
    expect(await witness()).toMatchObject({ code: 1, out: expect.stringContaining('two histories') })
    served.log = evidence.log
    expect(await witness()).toMatchObject({ code: 1, out: expect.stringContaining('rolled back') })
    await grown([...hashes.toSpliced(3, 1, 'f'.repeat(64)), 'b'.repeat(64)])
    const unproven = await witness()
    expect(unproven.code).toBe(1)
    expect(unproven.out).not.toContain('— w.example/1')
    served.log = log
    expect((await witness()).code).toBe(0)
  })

  it('does not cosign what the log has not signed', async () => {
    expect((await witness()).code).toBe(0)
    served.log = (await evidenceOf(comb(), await aLog())).log
    expect(await witness()).toMatchObject({ code: 1 })
  })
})
