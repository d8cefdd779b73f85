import { runCommand } from '../command.ts'
import { LOG_STORE } from '../../functions/adapters/log.ts'
import { storedEvidence } from '../../functions/adapters/log-audit.ts'
import { monitorLog, rebuildTiles, type Report } from '../../functions/log/monitoring.ts'
import { sequencerOf } from '../../functions/log/sequencing.ts'
import type { Entry } from '../../functions/log/store.ts'
import { openPlace } from './opening.ts'

/** `npm run monitor`: compares the log with the events, here or on AWS. */
const HELP = `Compares the log of all events with the events as they are stored: every leaf, every tile, the root and what was signed.

  npm run monitor
  npm run monitor -- --rebuild   first writes the tiles anew from the leaves, where some were lost
  npm run monitor -- --append    and appends events that the stream has lost, if nothing else is wrong

Environment:
  DATA_DIR   the data of a local Tidemark, which may be running   (default .data)
  TABLE_NAME, LOG_BUCKET, LOG_KMS_KEYS, LOG_ORIGIN, AWS_…          a deployment instead

Exits with 0 where all is as it should be, with 1 where something is not, with 2 where it could not be looked at.
`

const write = (line: string): void => void process.stdout.write(`${line}\n`)

function print({ size, events, findings, unlogged }: Report): void {
  write(`${events} events; ${size} leaves in the log.`)
  for (const { code, what } of findings) write(`  ${code}: ${what}`)
  if (findings.length === 0) write('The log is what the events say, and all of it is signed for.')
  else write(`${findings.length} findings; ${unlogged.length} events could be appended.`)
}

/** What a call of the sequencer looks through again for each transaction. */
const AT_ONCE = 5_000

/** Appends events, the first recorded first; resolves to how many there were that nothing was missing for. */
async function appendAll(unlogged: readonly Entry[]): Promise<number> {
  const sequence = sequencerOf(LOG_STORE)
  let waiting: readonly Entry[] = []
  for (let at = 0; at < unlogged.length; at += AT_ONCE)
    waiting = await sequence([...waiting, ...unlogged.slice(at, at + AT_ONCE)])
  return unlogged.length - waiting.length
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    write(HELP)
    return 0
  }
  const close = await openPlace()
  try {
    const evidence = await storedEvidence()
    if (args.includes('--rebuild')) await rebuildTiles(evidence)
    const report = await monitorLog(evidence)
    // Where anything else is wrong, somebody should look at it before anything is made of it for good.
    const isOnlyLate = report.unlogged.length > 0 && report.findings.length === report.unlogged.length
    if (!args.includes('--append') || !isOnlyLate) {
      print(report)
      return report.findings.length === 0 ? 0 : 1
    }
    write(`Appended: ${await appendAll(report.unlogged)} of ${report.unlogged.length}.`)
    const after = await monitorLog(evidence)
    print(after)
    return after.findings.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

await runCommand(main, 2)
