import { parseArgs } from 'node:util'
import { newSecret } from '../functions/callers/keys.ts'
import { findOrganisation } from '../functions/adapters/registry.ts'
import { sowOrganisation } from './sowing.ts'

/** `npm run first-organisation`: with what a new deployment begins. Everything after it is made through the API. */
const HELP = `Makes the first organisation of a deployment and prints its operator's key, this once.

  TABLE_NAME=<table> npm run first-organisation -- --id <id> --en <name> --zh <name>

  --id <id>    lower-case letters, digits and hyphens, such as taizhou-coop; stays for ever
  --en <name>  its name in English
  --zh <name>  its name in Chinese
  --help       this text

The table's name is an output of the deployment's data stack. AWS credentials and region come from the environment;
DYNAMODB_ENDPOINT names another DynamoDB.
`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      id: { type: 'string' },
      en: { type: 'string' },
      zh: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const { id, en, zh, help } = values
  if (help) return void process.stdout.write(HELP)
  if (!id || !en || !zh || !process.env['TABLE_NAME']) throw new Error(`Something is missing.\n\n${HELP}`)
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(id))
    throw new Error(
      `--id is ${JSON.stringify(id)}; allowed are 2 to 40 lower-case letters, digits and hyphens.`,
    )
  if (await findOrganisation(id))
    throw new Error(`There is an organisation ${id} already; it was left as it is.`)
  const secret = newSecret('operator')
  await sowOrganisation({ id, name: { en, zh }, sites: [] }, secret)
  process.stdout.write(`${secret}\n`)
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
