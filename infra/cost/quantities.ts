import { CALL_BYTES, LAMBDA, LOG_BYTES, LOG_SHAPE, PHOTO, type LogShape } from './assumptions.ts'
import type { Measured, Units, Work } from './measured.ts'
import type { PriceId } from './prices.ts'

/** How much of what is billed one piece of work takes. Pure: what was measured and assumed goes in, quantities come out. */
export type Quantities = Readonly<Partial<Record<PriceId, number>>>

export const GB = 1024 ** 3
const KB = 1024

export const plus = (...all: readonly Quantities[]): Quantities => {
  const sum: Partial<Record<PriceId, number>> = {}
  for (const quantities of all)
    for (const [id, quantity] of entriesOf(quantities)) sum[id] = (sum[id] ?? 0) + quantity
  return sum
}

export const scaled = (quantities: Quantities, factor: number): Quantities =>
  Object.fromEntries(entriesOf(quantities).map(([id, quantity]) => [id, quantity * factor]))

export function entriesOf(quantities: Quantities): [PriceId, number][] {
  // Object.entries forgets which names there are.
  const names = Object.keys(quantities).filter((name): name is PriceId => name in quantities)
  return names.map((id) => [id, quantities[id] ?? 0])
}

export const sumOf = ({ table, bySite, byPerson, byWeigher }: Units): number =>
  table + bySite + byPerson + byWeigher

/** Write units of an item: one for each KB begun, twice in a transaction. */
export const writeUnitsOf = (bytes: number, isInTransaction: boolean): number =>
  Math.ceil(bytes / KB) * (isInTransaction ? 2 : 1)

/** What a function takes that was called, with its share of cold starts. */
export function invocation(cpuMs: number, requests: number): Quantities {
  const { memoryGb, slowdown, requestMs, initMs, coldShare } = LAMBDA
  // Billed by the millisecond, rounded up.
  const ms = Math.ceil(cpuMs * slowdown + requests * requestMs) + coldShare * initMs
  return {
    lambdaRequests: 1,
    lambdaGbSeconds: (ms / 1_000) * memoryGb,
    logGb: LOG_BYTES.perInvocation / GB,
  }
}

/** What a stage puts before its API. */
export interface Front {
  readonly hasFirewall: boolean
}

/** What a request takes that comes in through the CDN, whatever answers it. */
const through = ({ hasFirewall }: Front, bytesDown: number): Quantities => ({
  cdnRequests: 1,
  ...(hasFirewall && { firewallRequests: 1 }),
  cdnGb: bytesDown / GB,
})

/** A call of the API that is open to anyone. */
const openCall = (front: Front, bytesDown: number, cpuMs: number, requests: number): Quantities =>
  plus(through(front, bytesDown), invocation(cpuMs, requests), {
    httpApiRequests: 1,
    logGb: LOG_BYTES.perApiCall / GB,
  })

/**
 * A call of the API whose caller is found out first. Nothing is kept from an earlier call: a collector calls once in a
 * while, and mostly meets an instance that has not seen them.
 */
export function call(
  front: Front,
  { lookup }: Pick<Measured, 'lookup'>,
  cpuMs: number,
  requests: number,
): Quantities {
  const authorizer = invocation(LAMBDA.authorizerCpuMs, 2)
  return plus(openCall(front, CALL_BYTES.down, cpuMs, requests + lookup.requests - 2), authorizer, {
    cdnToOriginGb: CALL_BYTES.up / GB,
    readUnits: lookup.readUnits,
    writeUnits: lookup.writeUnits,
  })
}

const ofTable = ({ writes, reads }: Work): Quantities => ({
  writeUnits: sumOf(writes),
  readUnits: sumOf(reads),
})

/** Work of `calls` calls; its time and requests are shared evenly by them. */
export function worked(front: Front, measured: Measured, work: Work): Quantities {
  const { calls, cpuMs, requests } = work
  const each = call(front, measured, cpuMs / calls, requests / calls)
  return plus(scaled(each, calls), ofTable(work))
}

/** For each file of a photo a link is signed by a call, and the file put under it. */
export const photos = (front: Front, measured: Measured): Quantities =>
  plus(scaled(call(front, measured, 1, 0), PHOTO.files), { objectPuts: PHOTO.files })

/** A batch's state changed: the projector makes its passport, `perCall` at a time. */
export const passport = (work: Work, perCall: number): Quantities =>
  plus(scaled(invocation(work.cpuMs * perCall, work.requests * perCall), 1 / perCall), ofTable(work))

export const scanCached = (front: Front, { page }: Measured): Quantities => through(front, page.gzipBytes)

export const scanUncached = (front: Front, { work, page }: Measured): Quantities =>
  plus(openCall(front, page.gzipBytes, work.scan.cpuMs, work.scan.requests), ofTable(work.scan))

export const resolved = (front: Front, { work }: Measured): Quantities =>
  plus(openCall(front, KB, work.resolve.cpuMs, work.resolve.requests), ofTable(work.resolve))

/** So many events of one transaction, each with its share of it. */
export function logged(perCommit: number, shape: LogShape = LOG_SHAPE): Quantities {
  if (perCommit < 1 || perCommit > shape.mostLeaves)
    throw new RangeError(`a transaction takes 1 to ${shape.mostLeaves} events, not ${perCommit}`)
  const head = writeUnitsOf(shape.headBytes + shape.headBytesPerLeaf * perCommit, true)
  const leaf = writeUnitsOf(shape.leafBytes, true)
  const checkpoint = writeUnitsOf(shape.checkpointBytes, false)
  const commit = plus(invocation(shape.cpuMsPerCommit, shape.requestsPerCommit), {
    writeUnits: head + leaf * perCommit + checkpoint * shape.checkpointsPerCall,
    readUnits: shape.lookupsPerEvent * perCommit,
    objectPuts: shape.tilesPerCommit + shape.checkpointsPerCall,
    kmsSignatures: shape.signaturesPerCheckpoint * shape.checkpointsPerCall,
  })
  return scaled(commit, 1 / perCommit)
}

/**
 * How many events a transaction takes on average, where so many come a second over so many shards: what comes in a
 * shard's window, and no less than it takes to keep up.
 */
export function perCommitAt(
  { eventsPerSecond, shards }: { readonly eventsPerSecond: number; readonly shards: number },
  shape: LogShape = LOG_SHAPE,
): number {
  const inWindow = (eventsPerSecond / shards) * shape.windowSeconds
  const toKeepUp = eventsPerSecond / shape.mostCommitsPerSecond
  return Math.max(1, Math.min(shape.mostLeaves, Math.max(inWindow, toKeepUp)))
}
