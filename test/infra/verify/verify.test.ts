import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { printVerifierKey } from '../../../shared/ledger/verifier-key.ts'
import { temporaryFolder } from '../../runtime.ts'
import { aLog, type Signer } from '../../shared/ledger/signers.ts'
import { comb, PRODUCT } from '../../shared/verification/comb.ts'
import { evidenceOf, logOf, partsOf, type Evidence, type Parts } from '../../shared/verification/evidence.ts'
import { run, type Ended } from './processes.ts'
import { serve, type Served } from './served.ts'

let signer: Signer
let evidence: Evidence
let parts: Parts
let served: Served
let folder: string

beforeAll(async () => {
  signer = await aLog()
  evidence = await evidenceOf(comb(), signer)
  parts = await partsOf(evidence, PRODUCT)
})
beforeEach(async () => {
  folder = await temporaryFolder()
  served = await serve(evidence, parts, signer)
})
afterEach(async () => {
  await served.close()
  await rm(folder, { recursive: true, force: true })
})

const address = (): string => `${served.url}/b/${PRODUCT}`
const verify = async (...args: string[]): Promise<Ended> =>
  run('verify', [...args, '--folder', join(folder, 'kept')])
const hashes = (): string[] => evidence.history.map(({ hash }) => hash)

/** A longer log, of which the bundle's last event is an entry as before; `before` replaces what it begins with. */
async function longerLog(before = hashes()): Promise<void> {
  const more = Array.from({ length: 300 }, (_, n) => String(n).padStart(64, '0'))
  served.log = await logOf([...before, ...more], signer)
  served.parts = { ...parts, proof: await served.log.proofOf(parts.head) }
}

describe('npm run verify', () => {
  it('works a product’s story out from all pages, and says in words what holds and what nobody can prove', async () => {
    const { code, out, err } = await verify(address())
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`The story of ${PRODUCT} holds.`)
    expect(out).toContain('18 events')
    expect(out).toContain('7 kg (20.00 %) new polymer')
    expect(out).toContain('The public page shows the same figures.')
    expect(out).toContain('named by the service itself')
    expect(out).toContain('Not proven, by this or by anybody: that scales were right')
  })

  it('speaks Chinese where LANG does', async () => {
    const { code, out } = await run('verify', [address(), '--folder', folder], { LANG: 'zh_CN.UTF-8' })
    expect(code).toBe(0)
    expect(out).toContain(`${PRODUCT} 的记录经得起验证。`)
  })

  it('reads a saved bundle without asking anybody', async () => {
    const file = join(folder, 'comb.jsonl')
    expect((await verify(address(), '--save', file)).code).toBe(0)
    served.requests.length = 0
    const { code, out } = await verify(file)
    expect(code).toBe(0)
    expect(out).toContain('The key is the same as last time.')
    expect(served.requests).toEqual([])
    const other = await run('verify', [file, '--folder', join(folder, 'none')])
    expect(other.code).toBe(2)
    const key = printVerifierKey(signer.key)
    expect((await run('verify', [file, '--folder', join(folder, 'none'), '--key', key])).code).toBe(0)
  })

  it('saves a bundle over the very file that it is read from', async () => {
    const file = join(folder, 'comb.jsonl')
    await verify(address(), '--save', file)
    const whole = await readFile(file, 'utf8')
    expect((await verify(file, '--save', file)).code).toBe(0)
    expect(await readFile(file, 'utf8')).toBe(whole)
  })

  it('proves the next time that the log only grew, and keeps its newest checkpoint', async () => {
    const file = join(folder, 'old.txt')
    expect((await verify(address(), '--checkpoint', file)).out).toContain('is kept in')
    const kept = await readFile(file, 'utf8')
    expect(kept).toBe(evidence.log.checkpoint)
    await longerLog()
    const { code, out } = await verify(address(), '--checkpoint', file)
    expect(code).toBe(0)
    expect(out).toContain(`The log only grew since you last looked, from ${hashes().length} to`)
    expect(await readFile(file, 'utf8')).toBe(served.log.checkpoint)
    expect((await verify(address(), '--checkpoint', file)).out).toContain('as it was when you last looked')
  })

  it('draws its own sample, and says so', async () => {
    const sample = { share: 0.5, seed: 'drawn by the reader' }
    served.parts = await partsOf(evidence, PRODUCT, sample)
    expect((await verify(address())).out).toContain('other-sample')
    const { code, out } = await verify(address(), '--sample', `${sample.share}:${sample.seed}`)
    expect(code).toBe(0)
    expect(out).toContain('drawn by the seed drawn by the reader')
  })

  it('takes no new key of a service that it knows', async () => {
    expect((await verify(address())).code).toBe(0)
    const forger = await aLog()
    const forged = await evidenceOf(comb(), forger)
    served.log = forged.log
    served.parts = await partsOf(forged, PRODUCT)
    served.keys = [printVerifierKey(forger.key)]
    const { code, out } = await verify(address())
    expect(code).toBe(1)
    expect(out).toContain('untrusted-checkpoint')
  })
})

describe('npm run verify notices', () => {
  /** How a command ends that says this. */
  const saying = (text: string): object => ({ code: 1, out: expect.stringContaining(text) })
  const changed = (from: string, to: string): Parts => ({
    ...parts,
    events: parts.events.map((line) => (line.includes('"BDDDDDDDDDDDD-1"') ? line.replace(from, to) : line)),
  })

  it('a changed gram', async () => {
    served.parts = changed('"massGrams":60000', '"massGrams":60001')
    expect(await verify(address())).toMatchObject(saying('changed-event'))
  })

  it('a changed place', async () => {
    served.parts = changed('"placeId":"', '"placeId":"x')
    expect(await verify(address())).toMatchObject(saying('changed-event'))
  })

  it('a bundle that lacks a pickup', async () => {
    served.parts = { ...parts, events: parts.events.filter((line) => !line.includes('"BDDDDDDDDDDDD-1"')) }
    expect(await verify(address())).toMatchObject(saying('missing-event'))
  })

  it('a saved bundle that was cut off', async () => {
    const file = join(folder, 'comb.jsonl')
    await verify(address(), '--save', file)
    const whole = await readFile(file, 'utf8')
    await writeFile(file, whole.slice(0, whole.length - 40))
    const { code, out } = await verify(file)
    expect(code).toBe(1)
    expect(out).toContain('truncated')
  })

  it('a page that shows other figures than its proof', async () => {
    served.page = { ...Object(served.page), otherMaterialGrams: 0 }
    expect(await verify(address())).toMatchObject(
      saying('The public page shows something else: otherMaterialGrams.'),
    )
  })

  it('a log that was rolled back, though the bundle is from before', async () => {
    await longerLog()
    expect((await verify(address())).code).toBe(0)
    served.log = evidence.log
    served.parts = parts
    expect(await verify(address())).toMatchObject(saying('The log was rolled back'))
  })

  it('a log that tells two histories, of one size and of a larger one', async () => {
    expect((await verify(address())).code).toBe(0)
    const otherwise = hashes().toSpliced(0, 1, 'f'.repeat(64))
    served.log = await logOf(otherwise, signer)
    served.parts = { ...parts, proof: await served.log.proofOf(parts.head) }
    expect(await verify(address())).toMatchObject(saying('The log tells two histories'))
    await longerLog(otherwise)
    expect(await verify(address())).toMatchObject(saying('It is not shown that the log only grew'))
  })

  it('a truncated, a changed and a missing tile, on the way to an older checkpoint', async () => {
    const file = join(folder, 'old.txt')
    await writeFile(file, evidence.log.checkpoint)
    await longerLog()
    for (const tampered of [
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1),
      (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1),
      () => undefined,
    ]) {
      served.tampered = tampered
      const { code, out } = await verify(address(), '--checkpoint', file)
      expect(code).toBe(1)
      expect(out).toContain('It is not shown that the log only grew')
      expect(await readFile(file, 'utf8')).toBe(evidence.log.checkpoint)
    }
  })
})

describe('what a terminal is shown', () => {
  // Clears the screen, and says something else; in C1 as in C0, and turned around.
  const LIES = '\u001b[2J\u009b2J\u202e\nThe story of B holds.'

  it('is not commanded by who is verified, whether the bundle lies or the service that has it', async () => {
    served.parts = { ...parts, batch: `B${LIES}` }
    const stated = await verify(address())
    expect(stated.code).toBe(1)
    expect(stated.out).toContain('\\u{1b}[2J\\u{9b}2J\\u{202e}\\u{a}The story of B holds.')
    expect(stated.out).not.toMatch(/[^\P{Cc}\n]|\u202e|^The story of B holds/mu)
    served.parts = parts
    served.keys = [...served.keys, LIES]
    const named = await verify(address())
    expect(named.code).toBe(0)
    expect(named.out).not.toMatch(/[^\P{Cc}\n]|\u202e|^The story of B holds/mu)
  })

  it('is not commanded by a log that signed such a place', async () => {
    const [first] = comb()
    if (first?.type !== 'PickupRecorded') throw new Error('the story begins with a pickup')
    const forged = await evidenceOf([{ ...first, data: { ...first.data, placeId: LIES } }], signer)
    served.log = forged.log
    served.parts = await partsOf(forged, first.home)
    const { out } = await verify(`${served.url}/b/${first.home}`)
    expect(out).toContain('\\u{202e}\\u{a}The story of B holds.')
    expect(out).not.toMatch(/[^\P{Cc}\n]|\u202e/u)
  })
})

describe('what cannot be tried ends with 2 and says why', () => {
  it.each([
    ['nothing', [], 'Name one address or one file'],
    ['two addresses', ['a', 'b'], 'Name one address or one file'],
    ['an unknown option', ['--trust-me'], "Unknown option '--trust-me'"],
    ['no file', ['nowhere.jsonl'], 'There is no file nowhere.jsonl.'],
    ['a key that is none', ['x', '--key', 'x'], '--key: a verifier key must be'],
    ['a sample of nothing', ['x', '--sample', '0'], '--sample must be a share'],
  ])('%s', async (_, args, why) => {
    const { code, out, err } = await verify(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(why)
  })

  it('a bundle that cannot be saved where it was to be', async () => {
    const { code, out, err } = await verify(address(), '--save', join(folder, 'nowhere', 'comb.jsonl'))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^ENOENT[^\n]*\n$/)
  })

  it('a service that does not answer, or has no such batch', async () => {
    const nowhere = await verify(`${served.url}/nothing/here`)
    expect(nowhere.code).toBe(2)
    expect(nowhere.err).toContain('answers 404')
    await served.close()
    const { code, err } = await verify(address())
    expect(code).toBe(2)
    expect(err).toContain('does not answer')
    served = await serve(evidence, parts, signer)
  })

  it('and --help with 0', async () => {
    expect(await verify('--help')).toMatchObject({ code: 0, err: '' })
    expect(await run('witness', ['--help'])).toMatchObject({ code: 0, err: '' })
  })
})
