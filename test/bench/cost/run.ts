import { writeFileSync } from 'node:fs'
import { FIXED_FILE, type FixedFile } from '../../../infra/cost/fixed.ts'
import { MEASURED_FILE, type Measured } from '../../../infra/cost/measured.ts'
import { startWorld } from '../world.ts'
import { countFixed } from './counting.ts'
import { measureWork } from './measuring.ts'

/** `npm run cost:measure`: writes infra/cost/measured.json and fixed.json, which `npm run cost` calculates with. */
const today = new Date().toISOString().slice(0, 10)

async function measure(): Promise<Measured> {
  const world = await startWorld()
  try {
    return { measuredAt: today, node: process.version, ...(await measureWork(world)) }
  } finally {
    await world.stop()
  }
}

async function count(): Promise<FixedFile> {
  return { countedAt: today, dev: await countFixed('dev'), prod: await countFixed('prod') }
}

function write(file: URL, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`)
  process.stdout.write(`${file.pathname}\n`)
}

write(MEASURED_FILE, await measure())
write(FIXED_FILE, await count())
process.exit(0)
