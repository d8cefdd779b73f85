import { readFileSync } from 'node:fs'
import * as z from 'zod'

/** What a stage has that costs by the month alone, as its templates say; written by `npm run cost:measure`. */
const fixed = z.strictObject({
  firewalls: z.number(),
  firewallRules: z.number(),
  kmsKeys: z.number(),
  alarms: z.number(),
  dashboards: z.number(),
  /** Custom metrics are no resource: as many as the functions write. */
  metrics: z.number(),
})
export type Fixed = z.infer<typeof fixed>

export const STAGES = ['dev', 'prod'] as const
export type StageName = (typeof STAGES)[number]

const file = z.strictObject({ countedAt: z.iso.date(), dev: fixed, prod: fixed })
export type FixedFile = z.infer<typeof file>

export const FIXED_FILE = new URL('fixed.json', import.meta.url)
export const readFixed = (): FixedFile => file.parse(JSON.parse(readFileSync(FIXED_FILE, 'utf8')))
