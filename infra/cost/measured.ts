import { readFileSync } from 'node:fs'
import * as z from 'zod'

/**
 * What our code asks of the database for each kind of work, as the engine counted it. `npm run cost:measure` writes the
 * file; a test measures again and says when the file and the code have parted (test/infra/cost/measured.test.ts).
 */

const units = z.strictObject({
  table: z.number(),
  bySite: z.number(),
  byPerson: z.number(),
  byWeigher: z.number(),
})

/** Where units are consumed: the table or one of its indexes. */
export type Place = keyof Units
export type Units = z.infer<typeof units>

const work = z.strictObject({
  /** What one of it is. */
  of: z.string(),
  /** Calls of the API. */
  calls: z.number(),
  /** Requests to the database. */
  requests: z.number(),
  writes: units,
  reads: units,
  /** What the table grows by, in it and in its indexes, with the 100 bytes that AWS adds to each item. */
  tableBytes: z.number(),
  indexBytes: z.number(),
  /** CPU time on the machine that measured, with the local gateway and the client: more than the handler alone takes. */
  cpuMs: z.number(),
})

export type Work = z.infer<typeof work>

const measured = z.strictObject({
  measuredAt: z.iso.date(),
  node: z.string(),
  /** How much was measured for each figure. */
  sample: z.number(),
  /** What a call reads and writes to find out who calls, and what it may, where nothing is kept from a call before. */
  lookup: z.strictObject({ readUnits: z.number(), writeUnits: z.number(), requests: z.number() }),
  work: z.strictObject({
    pickup: work,
    pickupWithPhoto: work,
    run: work,
    charge: work,
    shipment: work,
    product: work,
    passportAlone: work,
    passportOfMany: work,
    scan: work,
    resolve: work,
  }),
  /** An uncompressed page, and what it comes to over the network. */
  page: z.strictObject({ bytes: z.number(), gzipBytes: z.number() }),
})

export type Measured = z.infer<typeof measured>
export type WorkName = keyof Measured['work']

export const MEASURED_FILE = new URL('measured.json', import.meta.url)

export const readMeasured = (): Measured => measured.parse(JSON.parse(readFileSync(MEASURED_FILE, 'utf8')))
