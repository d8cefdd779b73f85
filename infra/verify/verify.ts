import { createReadStream, existsSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import type { OpenCheckpoint } from '../../shared/ledger/checkpoint.ts'
import { linesOf, parseLine, type BundleHeader } from '../../shared/verification/bundle.ts'
import { verifySigned } from '../../shared/verification/signed.ts'
import { verifyBundle, type Findings, type Progress } from '../../shared/verification/verify.ts'
import { compareWithPage } from './comparing.ts'
import { compareWithKept, type Growing } from './growing.ts'
import { keptCheckpoint } from './kept.ts'
import { downloadBundle, downloadPassport, findPlace, isAddress, type Place } from './service.ts'
import { HELP, readSettings, type Settings } from './settings.ts'
import {
  failed,
  holds,
  known,
  showFault,
  showFindings,
  showGrowing,
  showSample,
  showWitnesses,
} from './showing.ts'
import { ended, notTried, plain, DISPROVEN, PROVEN } from './ending.ts'
import { trustFile, trustHost, type Trusting } from './trusting.ts'
import { wordsFor, type Words } from './words.ts'

/** `npm run verify`: the story of a batch, worked out again by whoever wants to know. Its words stand in words.ts. */
const write = (title: string, lines: readonly string[]): void =>
  void process.stdout.write(`${[title, ...lines].map(plain).join('\n')}\n`)
async function main(): Promise<number> {
  const settings = await readSettings(process.argv.slice(2))
  if (settings === 'help') {
    process.stdout.write(HELP)
    return PROVEN
  }
  if (!settings.ok) return notTried(settings.why)
  const words = wordsFor(process.env)
  if (!isAddress(settings.value.source) && !existsSync(settings.value.source))
    return notTried(words.noFile(settings.value.source))
  const source = await sourceOf(settings.value)
  return source.ok ? verify(source.value, settings.value, words) : notTried(source.why)
}

/** Where the lines come from, and whom to trust about them. */
interface Source {
  readonly place?: Place
  readonly lines: AsyncIterable<string>
  readonly trusting: Trusting
  /** Where the checkpoint is kept, if it is. */
  readonly checkpointFile?: string
}

async function sourceOf(
  settings: Settings,
): Promise<{ readonly ok: true; readonly value: Source } | { readonly ok: false; readonly why: string }> {
  const { source, checkpoint, folder } = settings
  if (!isAddress(source)) {
    const trusting = await trustFile(await headerIn(source), settings)
    if (!trusting.ok) return trusting
    const { host } = trusting.value
    const kept = checkpoint ?? (host === undefined ? undefined : keptCheckpoint(folder, host))
    const value = { lines: linesOf(createReadStream(source)), trusting: trusting.value }
    return { ok: true, value: { ...value, ...(kept !== undefined && { checkpointFile: kept }) } }
  }
  const place = await findPlace(source)
  const trusting = await trustHost(place.base, settings)
  if (!trusting.ok) return trusting
  const checkpointFile = checkpoint ?? keptCheckpoint(folder, new URL(place.base).host)
  return {
    ok: true,
    value: { place, lines: downloadBundle(place, settings), trusting: trusting.value, checkpointFile },
  }
}

/** The first line of a file, for the log that it names. */
async function headerIn(file: string): Promise<BundleHeader | undefined> {
  for await (const text of linesOf(createReadStream(file))) {
    const line = parseLine(text)
    return line.ok && line.value.kind === 'header' ? line.value.header : undefined
  }
  return undefined
}

async function verify(source: Source, settings: Settings, words: Words): Promise<number> {
  const { place, trusting } = source
  const { trust } = trusting
  const saving = settings.save === undefined ? undefined : await savingTo(settings.save)
  const expected = {
    trust,
    ...(place && { batch: place.batch }),
    ...(settings.sample && { sample: settings.sample }),
  }
  const options = { progress: progressOf(words), signed: verifySigned }
  const result = await verifyBundle(saving ? saving.tee(source.lines) : source.lines, expected, options)
  await saving?.end()
  clearProgress()
  if (!result.ok) {
    const { fault } = result
    write(words.fails(place?.batch ?? settings.source), showFault(fault, words))
    return DISPROVEN
  }
  return report(result.found, source, settings, words)
}

async function report(
  found: Findings,
  { place, trusting, checkpointFile }: Source,
  settings: Settings,
  words: Words,
): Promise<number> {
  const log = place && `${place.base}/log`
  const growing =
    checkpointFile === undefined
      ? undefined
      : await compareWithKept(checkpointFile, found.checkpoint, trusting.trust, log)
  const page = place && compareWithPage(found.batch, await downloadPassport(place))
  const lines = [
    ...showFindings(found, words),
    ...(settings.sample ? [showSample(settings.sample, found, words)] : []),
    ...(growing ? showGrowing(growing, found.checkpoint.size, checkpointFile ?? '', words) : []),
    ...showWitnesses(settings.witnesses, cosignaturesIn(found, growing), words),
    ...(page === undefined ? [] : [showPage(page, words)]),
    known(words.keys[trusting.keysAre]),
    ...(trusting.unknown.length > 0 ? [known(words.unknownKeys(trusting.unknown.join(' ')))] : []),
    known(words.lastEvent(found.head.recordedAt)),
    ...words.unproven.map(known),
  ]
  const isBroken = lines.some((line) => line.startsWith(failed('')))
  write(isBroken ? words.fails(found.batch.id) : words.holds(found.batch.id), lines)
  return isBroken ? DISPROVEN : PROVEN
}

/** Also those on the checkpoint that was kept, where the log is shown to have grown from it. */
const cosignaturesIn = (
  { checkpoint }: Findings,
  growing: Growing | undefined,
): OpenCheckpoint['cosignatures'] => [
  ...(growing && 'cosignatures' in growing ? growing.cosignatures : []),
  ...checkpoint.cosignatures,
]

function showPage(page: ReturnType<typeof compareWithPage>, words: Words): string {
  if (page === 'agrees') return holds(words.pageAgrees)
  return page === 'newer' ? known(words.pageNewer) : failed(words.pageDiffers(page.join(', ')))
}

/** Writes every line to a file as it passes. It takes its place when all have: it may be the one that is being read. */
async function savingTo(path: string) {
  const file = await open(`${path}.new`, 'w')
  async function* tee(lines: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    for await (const line of lines) {
      await file.writeFile(`${line}\n`)
      yield line
    }
  }
  const end = async (): Promise<void> => {
    await file.close()
    await rename(`${path}.new`, path)
  }
  return { tee, end }
}

const CLEAR = '\r\u001b[K'
const clearProgress = (): void => void (process.stderr.isTTY && process.stderr.write(CLEAR))

function progressOf(words: Words): (progress: Progress) => void {
  return ({ step, done, total = done }) => {
    if (!process.stderr.isTTY) return
    process.stderr.write(CLEAR + (step === 'hashing' ? words.hashing(done) : words.replaying(done, total)))
  }
}

process.exitCode = await ended(main)
