import { DEMO_PEOPLE } from './people.ts'
import { signInAs } from './signing-in.ts'

/** `npm run sign-in -- operator`: an access token of a demo person, from a running `npm start`. */
const NAMES = DEMO_PEOPLE.map(({ subject }) => subject.replace('demo-', ''))

const HELP = `Signs a demo person in at a running Tidemark and prints their access token.

  npm run --silent sign-in -- <${NAMES.join(' | ')}>

Environment:
  URL        where Tidemark runs              (default http://127.0.0.1:3000)
`

async function main(): Promise<void> {
  const [name = ''] = process.argv.slice(2)
  if (!NAMES.includes(name)) {
    process.stderr.write(HELP)
    process.exitCode = name === '--help' ? 0 : 1
    return
  }
  const url = (process.env['URL'] ?? 'http://127.0.0.1:3000').replace(/\/$/, '')
  const { accessToken } = await signInAs(`demo-${name}`, url)
  process.stdout.write(`${accessToken}\n`)
}

try {
  await main()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    message === 'fetch failed'
      ? 'Tidemark does not answer; is npm start running? Set URL if it is elsewhere.\n'
      : `${message}\n`,
  )
  process.exitCode = 1
}
