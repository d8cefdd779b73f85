import { startRuntime, type Runtime } from './runtime.ts'
import { makeEnrolmentLink } from './seed.ts'
import { readSettings } from './settings.ts'

/** `npm start`: the whole system on this machine. */
const HELP = `Tidemark, the whole system on this machine.

  npm start

Environment:
  PORT       port to listen on, 0 for any free one   (default 3000)
  HOST       address to listen on                    (default 127.0.0.1)
  PUBLIC_URL what QR codes and links point at        (default http://HOST:PORT)
  DATA_DIR   where everything is kept                (default .data)
  SEED       demo: with the demo story; none: keys only  (default demo)
  CALLER_LIMIT   requests a second, and at once, of one key    (default 50/200)
  ADDRESS_LIMIT  the same of one address                       (default 100/1000)
  LOG_LEVEL  info, warn or error                     (default warn)
  OIDC_ISSUER, OIDC_AUDIENCE  where people sign in   (default a development sign-in without passwords)
  OIDC_CLIENT_ID         this service's client there, for signing in at /console/
  DYNAMODB_ENDPOINT  another DynamoDB instead of the embedded engine

Keys for trying things out are in DATA_DIR/credentials.json. Stop with Ctrl-C.
`

async function print(
  { url: here, publicUrl: url, credentials, story, signIn }: Runtime,
  dataDir: string,
): Promise<void> {
  const enrolment = await makeEnrolmentLink(here, credentials.keys.station)
  const lines = [
    '',
    `  Log a pickup      ${url}/collect/#key=${credentials.keys.collector}`,
    `  Enrol a phone     ${enrolment}`,
    ...(story
      ? [
          `  A product's page  ${url}/b/${story.product}`,
          `  A pickup's page   ${url}/b/${story.pickup}`,
          `  The log           ${url}/log/checkpoint`,
        ]
      : []),
    `  The API           ${url}/v1/openapi.json`,
    `  Keys              ${dataDir}/credentials.json`,
    `  People            ${signIn.told}`,
    '',
    `Tidemark ready at ${url}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function main(): Promise<void> {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(HELP)
    return
  }
  const settings = readSettings(process.env)
  // Keys, positions and names of people: nobody but who runs this may read what it writes.
  process.umask(0o077)
  const starting = startRuntime(settings)
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    // A start that fails says so itself, below.
    void starting.then(
      (runtime) => runtime.stop().then(() => process.exit(0)),
      () => {},
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop)
  const runtime = await starting
  if (!stopping) await print(runtime, settings.dataDir)
}

try {
  await main()
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${inUse ? `${message}. Set PORT to another port, or to 0 for any.` : message}\n`)
  process.exit(1)
}
