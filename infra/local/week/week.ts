import { collect } from './collecting.ts'
import { process as washAndBlend } from './processing.ts'
import { reconcile } from './reconciling.ts'
import { makeTeller } from './teller.ts'
import { correct, recall } from './trouble.ts'

/** `npm run week`: a real week at the plant, told against a running `npm start`. */
const HELP = `A real week at the plant, told against a running Tidemark.

  npm start          in one terminal
  npm run week       in another

Environment:
  URL        where Tidemark runs              (default http://127.0.0.1:3000)
  DATA_DIR   where it keeps its demo keys     (default .data)
`

const write = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) return write(HELP)
  const url = (process.env['URL'] ?? 'http://127.0.0.1:3000').replace(/\/$/, '')
  const teller = await makeTeller(url, process.env['DATA_DIR'] ?? '.data', new Date(), write)
  const collected = await collect(teller)
  const made = await washAndBlend(teller, collected)
  await recall(teller, collected, made)
  await correct(teller, collected, made)
  await reconcile(teller)
}

try {
  await main()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const away =
    message === 'fetch failed'
      ? 'Tidemark does not answer; is npm start running? Set URL if it is elsewhere.'
      : message
  process.stderr.write(`${away}\n`)
  process.exit(1)
}
