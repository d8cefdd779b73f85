import { describe, expect, it } from 'vitest'
import { toBase64 } from '../../../shared/ledger/base64.ts'
import {
  MAX_NOTE_LENGTH,
  MAX_NOTE_SIGNATURES,
  openNote,
  parseNote,
  parseSignatureLine,
  printNote,
  printSignature,
  type NoteSignature,
} from '../../../shared/ledger/note.ts'
import {
  COSIGNATURE_V1,
  ED25519,
  isKeyName,
  parseVerifierKey,
  printVerifierKey,
  verifierKey,
} from '../../../shared/ledger/verifier-key.ts'
import { aLog, aWitness, type Signer } from './signers.ts'

const TEXT = 'Ognuno sta solo\n\ned è subito sera.\n'
const stranger: NoteSignature = { name: 'stranger.example', id: '01020304', bytes: Uint8Array.of(1) }

const signedBy = async ({ key, sign }: Signer, text = TEXT): Promise<NoteSignature> => ({
  name: key.name,
  id: key.id,
  bytes: await sign(new TextEncoder().encode(text)),
})

describe('a note', () => {
  it('opens for who knows the key, and its text may have empty lines', async () => {
    const log = await aLog()
    const note = printNote({ text: TEXT, signatures: [await signedBy(log)] })
    expect(await openNote(note, [log.key])).toMatchObject({
      ok: true,
      value: { text: TEXT, verified: [{ key: log.key }] },
    })
  })

  it('is printed as it was read', () => {
    const note = printNote({ text: TEXT, signatures: [stranger, { ...stranger, name: '例.中国' }] })
    const read = parseNote(note)
    expect(read.ok && printNote(read.value)).toBe(note)
  })

  it('passes over signatures by unknown keys, also those that share a name or an id with a known one', async () => {
    const log = await aLog()
    const others = [
      stranger,
      { ...stranger, name: log.key.name },
      { ...stranger, id: log.key.id },
      await signedBy(await aLog(log.key.name)),
    ]
    const note = printNote({ text: TEXT, signatures: [...others, await signedBy(log)] })
    const opened = await openNote(note, [log.key])
    expect(opened.ok && opened.value.verified).toEqual([{ key: log.key }])
    expect(opened.ok && opened.value.signatures).toHaveLength(5)
  })

  it('is refused whole when a known key has not signed what it seems to have', async () => {
    const [log, other] = [await aLog(), await aLog('other.example')]
    const wrong = await signedBy(log, 'another text\n')
    for (const signatures of [[wrong], [wrong, await signedBy(other)], [await signedBy(log), wrong]]) {
      const opened = await openNote(printNote({ text: TEXT, signatures }), [log.key, other.key])
      expect(opened).toEqual({
        ok: false,
        why: `the signature by ${log.key.name} (${log.key.id}) does not fit the text`,
      })
    }
  })

  it('is refused when no known key has signed it, and says who did', async () => {
    const log = await aLog()
    const note = printNote({ text: TEXT, signatures: [stranger] })
    expect(await openNote(note, [log.key])).toEqual({
      ok: false,
      why: `none of the known keys has signed this; known: ${log.key.name} (${log.key.id}); signed by: stranger.example (01020304)`,
    })
    expect(await openNote(note, [])).toMatchObject({ ok: false, why: expect.stringContaining('known: none') })
  })

  it('does not open with any character of its text changed', async () => {
    const log = await aLog()
    const signature = await signedBy(log)
    for (let at = 0; at < TEXT.length; at++) {
      const text = `${TEXT.slice(0, at)}#${TEXT.slice(at + 1)}`
      const opened = await openNote(`${text}\n${printSignature(signature)}\n`, [log.key])
      expect(opened.ok).toBe(false)
    }
  })

  const line = printSignature(stranger)
  it.each([
    ['nothing', ''],
    ['no signature', 'text\n\n'],
    ['no empty line', `text\n${line}\n`],
    ['no text', `\n${line}\n`],
    ['no last newline', `text\n\n${line}`],
    ['an empty line after', `text\n\n${line}\n\n`],
    ['two empty lines and none of signatures', 'text\n\n\n'],
    ['a carriage return', `text\r\n\n${line}\n`],
    ['a tab', `te\txt\n\n${line}\n`],
    ['a null', `te\0xt\n\n${line}\n`],
    ['half a character', `te\ud800xt\n\n${line}\n`],
    ['a hyphen for the dash', `text\n\n${line.replace('—', '-')}\n`],
    ['another line among signatures', `text\n\n${line}\nand more\n`],
    ['a signature without its bytes', 'text\n\n— stranger.example AQIDBA==\n'],
    ['a signature without padding', 'text\n\n— stranger.example AQIDBAE\n'],
    ['a signature without a name', 'text\n\n—  AQIDBAE=\n'],
    ['a name with a plus', 'text\n\n— a+b AQIDBAE=\n'],
    ['a name with a space of another script', 'text\n\n— a\u2003b AQIDBAE=\n'],
    ['a third part', `text\n\n${line} more\n`],
    ['a space after', `text\n\n${line} \n`],
  ])('is refused with %s', (_what, note) => {
    expect(parseNote(note)).toMatchObject({ ok: false, why: expect.any(String) })
  })

  it('may have text that control characters other than those of ASCII are in', () => {
    expect(parseNote(`a\u007f\u0085\ufeff🌊\n\n${line}\n`).ok).toBe(true)
  })

  it('has limits, well above the 16 signatures that must be taken', () => {
    const of = (count: number): string =>
      printNote({ text: 'text\n', signatures: Array.from({ length: count }, () => stranger) })
    expect(parseNote(of(MAX_NOTE_SIGNATURES)).ok).toBe(true)
    expect(parseNote(of(MAX_NOTE_SIGNATURES + 1))).toEqual({
      ok: false,
      why: 'a note may have 64 signatures; given: 65',
    })
    expect(parseNote(`${'a'.repeat(MAX_NOTE_LENGTH)}\n\n${line}\n`)).toMatchObject({
      ok: false,
      why: expect.stringContaining('500000 characters'),
    })
    const long = { ...stranger, bytes: new Uint8Array(5_000) }
    expect(
      parseNote(printNote({ text: 'text\n', signatures: Array.from({ length: 16 }, () => long) })).ok,
    ).toBe(true)
  })

  it('shows in its refusal only the beginning of what was given', () => {
    const read = parseSignatureLine('x'.repeat(10_000))
    expect(read.ok || read.why.length).toBeLessThan(200)
  })
})

describe('a verifier key', () => {
  it('is printed as it was read, of both types', async () => {
    for (const { key } of [await aLog(), await aWitness(), await aLog('例.中国/日志')]) {
      expect(await parseVerifierKey(printVerifierKey(key))).toEqual({ ok: true, value: key })
    }
  })

  it('has another id for another name, type or key', async () => {
    const { key } = await aLog()
    const ids = await Promise.all(
      [
        verifierKey('other.example', ED25519, key.publicKey),
        verifierKey(key.name, COSIGNATURE_V1, key.publicKey),
        verifierKey(key.name, ED25519, key.publicKey.toReversed()),
      ].map(async (made) => made.then((result) => result.ok && result.value.id)),
    )
    expect(new Set([key.id, ...ids]).size).toBe(4)
  })

  it('takes its id in capitals too, and says it in small letters', async () => {
    const { key } = await aLog()
    const read = await parseVerifierKey(printVerifierKey(key).replace(key.id, key.id.toUpperCase()))
    expect(read).toEqual({ ok: true, value: key })
  })

  it('is refused when it is not what it must be', async () => {
    const { key } = await aLog()
    const text = printVerifierKey(key)
    const of = (type: number, bytes: Uint8Array): string =>
      `${key.name}+${key.id}+${toBase64(Uint8Array.of(type, ...bytes))}`
    const wrong = [
      ['', 'must be <name>'],
      [text.replaceAll('+', ' '), 'must be <name>'],
      [`${text} `, 'must be <name>'],
      [text.replace(/^[^+]*/, ''), 'name must be given'],
      [text.replace(/^[^+]*/, 'a b'), 'name must be given'],
      [text.replace(key.id, '00000000'), `must be ${key.id}; given: 00000000`],
      [text.replace(key.id, key.id.slice(1)), 'must be <name>'],
      [text.replace(/^[^+]*/, 'other'), 'the id of this key must be'],
      [of(2, key.publicKey), 'given: 2'],
      [of(6, new Uint8Array(1_312)), 'given: 6'],
      [of(1, key.publicKey.subarray(1)), '32 bytes; given: 31'],
    ] as const
    for (const [given, why] of wrong)
      expect(await parseVerifierKey(given)).toMatchObject({ ok: false, why: expect.stringContaining(why) })
  })

  it('has a name without spaces, plus and controls', () => {
    expect(['tidemark.example/log', '例', 'a\u200bb'].every(isKeyName)).toBe(true)
    expect(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', 'a\u0085b', 'a\0b', 'a\udc00b'].some(isKeyName)).toBe(false)
  })
})
