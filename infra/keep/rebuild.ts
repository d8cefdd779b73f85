import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../whole-file.ts'
import { runCommand } from '../command.ts'
import { tableName } from '../../functions/adapters/client.ts'
import { readSubjects, type Place } from '../../functions/adapters/projected-items.ts'
import { rebuildSubject, type Difference } from '../../functions/keeping/rebuilding.ts'
import { openPlace } from '../local/opening.ts'

/** `npm run rebuild`: what follows from events is made anew from them, while Tidemark runs. */
const HELP = `Makes states, index entries, links, lists and passports anew from the events, where they are not what these say.

  npm run rebuild -- --dry-run   only says what differs
  npm run rebuild                goes on where an earlier one was interrupted
  npm run rebuild -- --anew      begins at the beginning all the same
  npm run rebuild -- --page 200  notes how far it has come after so many items (default 1000)

Others may write meanwhile. How far it has come stands in a file: in DATA_DIR, or for a deployment in this folder.

Environment:
  DATA_DIR   the data of a local Tidemark, which may be running   (default .data)
  TABLE_NAME, LOG_BUCKET, AWS_…                                    a deployment instead

Exits with 0 where all is as it should be by now, with 1 where a dry run found differences or something could not be done.
`

/** So many subjects are worked on at once. */
const AT_ONCE = 16

interface Progress {
  readonly after?: Place
  readonly looked: number
  readonly differed: number
  readonly broken: number
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP)
    return 0
  }
  const page = pageIn(args)
  const unknown = args.find((arg, at) => !/^--(?:dry-run|anew|page)$/.test(arg) && args[at - 1] !== '--page')
  if (unknown !== undefined)
    throw new Error(`${unknown} is not understood; npm run rebuild -- --help says what is.`)
  const isDry = args.includes('--dry-run')
  const close = await openPlace()
  try {
    const folder = process.env['LOG_BUCKET'] === undefined ? (process.env['DATA_DIR'] ?? '.data') : '.'
    const file = join(folder, `rebuild-${tableName()}.json`)
    const begun = isDry || args.includes('--anew') ? undefined : await readProgress(file)
    if (begun) process.stderr.write(`Goes on after ${begun.looked}.\n`)
    const { looked, differed, broken } = await walk(
      begun ?? { looked: 0, differed: 0, broken: 0 },
      isDry,
      file,
      page,
    )
    process.stdout.write(`${looked} subjects; ${differed} items ${isDry ? 'differ' : 'were made anew'}.\n`)
    if (broken > 0)
      process.stdout.write(
        `${broken} histories have gaps and were left alone: npm run monitor says whether events are lost; if not, export and restore write all links anew.\n`,
      )
    return broken > 0 || (isDry && differed > 0) ? 1 : 0
  } finally {
    await close()
  }
}

function pageIn(args: readonly string[]): number {
  const at = args.indexOf('--page')
  const page = at < 0 ? 1_000 : Number(args[at + 1])
  if (Number.isSafeInteger(page) && page > 0) return page
  throw new Error(`--page is ${args[at + 1] ?? 'nothing'}; allowed is a whole number from 1 on.`)
}

async function walk(begun: Progress, isDry: boolean, file: string, page: number): Promise<Progress> {
  const since = performance.now()
  let progress = begun
  for (;;) {
    const { ids, next } = await readSubjects(progress.after, page)
    const found = await rebuildAll(ids, isDry)
    for (const { subject, what } of found) process.stdout.write(`  ${subject}: ${what}\n`)
    const gaps = found.filter(({ what }) => what === 'history').length
    const looked = progress.looked + ids.length
    const differed = progress.differed + found.length - gaps
    const broken = progress.broken + gaps
    progress = { looked, differed, broken, ...(next && { after: next }) }
    const perSecond = ((looked - begun.looked) * 1000) / (performance.now() - since)
    process.stderr.write(`${looked} subjects, ${differed} items, ${perSecond.toFixed(0)} a second\n`)
    if (!next) break
    if (!isDry) await writeWhole(file, JSON.stringify(progress))
  }
  if (!isDry) await rm(file, { force: true })
  return progress
}

async function rebuildAll(ids: readonly string[], isDry: boolean): Promise<Difference[]> {
  const left = ids.values()
  const found: Difference[] = []
  const worker = async (): Promise<void> => {
    for (const id of left) found.push(...(await rebuildSubject(id, isDry)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return found
}

async function readProgress(file: string): Promise<Progress | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const progress: Progress = JSON.parse(text)
  return progress
}

await runCommand(main)
