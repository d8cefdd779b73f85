import { parseArgs } from 'node:util'
import { runCommand } from '../command.ts'
import { readMeasured } from '../cost/measured.ts'
import { printed, worstOf } from './print.ts'
import { simulate } from './simulate.ts'

const HELP = `Drives loads through the key design and shows the hottest key and partition of the table and of each index,
and what else a load asks for, beside what AWS gives: an ordinary day at the harbours, the hours after a typhoon,
a recall, and one product on everybody's screen.

  npm run simulate [-- options]

  --factor <n>   so many times today's Blue Cycle; 1000 where none is given
  --seconds <n>  of each load at its worst; 5 where none is given
  --seed <n>     the same seed gives the same load; 1 where none is given
  --strict       exit with 1 where anything breaks that no setting helps
  --json         all figures, for programs
  --help         this text
`

await runCommand(main)

function main(): number {
  const { values } = parseArgs({
    options: {
      factor: { type: 'string', default: '1000' },
      seconds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      strict: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const factor = numberIn('factor', values.factor, 100_000)
  const seed = numberIn('seed', values.seed, 2 ** 31)
  const seconds = numberIn('seconds', values.seconds, 60)
  const simulated = simulate({ factor, seed, seconds, measured: readMeasured() })
  process.stdout.write(
    values.json ? `${JSON.stringify(simulated, undefined, 2)}\n` : printed(simulated, { factor, seed }),
  )
  return values.strict && worstOf(simulated.flatMap(({ checks }) => checks)) === 'breaks' ? 1 : 0
}

function numberIn(name: string, text: string, most: number): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) < 1 || Number(text) > most)
    throw new Error(`--${name} was '${text}'; it is a whole number from 1 to ${most}.`)
  return Number(text)
}
