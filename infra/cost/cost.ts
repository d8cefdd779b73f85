import { parseArgs } from 'node:util'
import { runCommand } from '../command.ts'
import { readFixed, STAGES, type StageName } from './fixed.ts'
import { readMeasured } from './measured.ts'
import { readPrices } from './prices.ts'
import { printed } from './print.ts'
import { costReport } from './report.ts'

const HELP = `What Tidemark costs on AWS: a million of each kind of work, a month of Blue Cycle today and of a
thousand times that, and a month in which nobody comes.

  npm run cost [-- options]

  --stage <name>  ${STAGES.join(' or ')}; prod where none is named
  --json          all quantities and amounts, for programs
  --help          this text

It is calculated from three files beside it: measured.json (units that the database counted, written by
npm run cost:measure), fixed.json (what the stacks have, likewise) and prices.json (with source and date).
`

await runCommand(() => {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string', default: 'prod' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  process.stdout.write(values.help ? HELP : reported(values.stage, values.json))
})

function reported(stage: string, isJson: boolean): string {
  if (!isStage(stage)) throw new Error(`There is no stage '${stage}'; there are ${STAGES.join(' and ')}.`)
  const report = costReport(stage, { prices: readPrices(), measured: readMeasured(), fixed: readFixed() })
  return isJson ? `${JSON.stringify(report, undefined, 2)}\n` : printed(report)
}

function isStage(name: string): name is StageName {
  return STAGES.some((stage) => stage === name)
}
