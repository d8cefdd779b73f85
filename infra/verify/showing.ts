import { FOUND_WORDS } from '../../web/trace/words/found.ts'
import { placeOf } from '../../shared/domain/geo/places.ts'
import { isAdded, type OriginShare } from '../../shared/domain/lineage/origin.ts'
import { kgFromGrams } from '../../shared/domain/material/mass.ts'
import type { OpenCheckpoint } from '../../shared/ledger/checkpoint.ts'
import type { VerifierKey } from '../../shared/ledger/verifier-key.ts'
import type { Sample } from '../../shared/verification/bundle.ts'
import type { BundleFault } from '../../shared/verification/fault.ts'
import type { Findings, SignedFound } from '../../shared/verification/verify.ts'
import type { Growing } from './growing.ts'
import type { Words } from './words.ts'

/** What was found, in lines for people: what holds by ✓, what does not by ✗, what is to be known by ·. */
export const holds = (text: string): string => `  ✓ ${text}`
export const failed = (text: string): string => `  ✗ ${text}`
export const known = (text: string): string => `  · ${text}`

export function showFindings(found: Findings, words: Words): string[] {
  const { checkpoint, index, batch } = found
  const counts = {
    events: String(found.events),
    batches: String(found.batches),
    runs: String(found.runs),
    pickups: String(found.pickups),
  }
  const signed = {
    entry: String(index + 1n),
    size: String(checkpoint.size),
    origin: checkpoint.origin,
    keys: checkpoint.signers.map(({ id }) => id).join(', '),
  }
  const mass = { mass: kg(batch.massGrams), state: words.states[batch.status] }
  return [
    holds(words.log(signed)),
    holds(words.links(counts)),
    holds(words.rules),
    holds(words.mass(mass)),
    ...batch.origins.map((share) => `      ${showShare(share, batch.massGrams, words)}`),
    ...(found.signed ? showDevices(found.signed, words) : []),
  ]
}

const kg = (grams: number): string => `${kgFromGrams(grams)} kg`

function showShare({ placeId, period, found, grams }: OriginShare, ofGrams: number, words: Words): string {
  const share = `${kg(grams)} (${((100 * grams) / ofGrams).toFixed(2)} %)`
  if (isAdded({ placeId })) return `${share} ${words.added[placeId === 'virgin' ? 'virgin' : 'other']}`
  const place = placeOf(placeId)?.name[words.language] ?? words.otherPlace(placeId)
  const names = FOUND_WORDS[words.language].names
  return `${share} ${place}, ${period}, ${names[found ?? 'unrecorded'].toLowerCase()}`
}

function showDevices({ said, given }: SignedFound, words: Words): string[] {
  if (said === 0) return []
  return given === 0
    ? [known(words.devicesSealed(String(said)))]
    : [holds(words.devices({ said: String(said), verified: String(given) }))]
}

export const showSample = ({ share, seed }: Sample, { leftOut }: Findings, words: Words): string =>
  known(words.sampled({ share: `${100 * share} %`, seed, leftOut: String(leftOut) }))

export function showWitnesses(
  witnesses: readonly VerifierKey[],
  cosignatures: OpenCheckpoint['cosignatures'],
  words: Words,
): string[] {
  return witnesses.map(({ name, id }) => {
    const cosigned = cosignatures.findLast(({ key }) => key.id === id && key.name === name)
    return cosigned
      ? holds(words.witness(name, new Date(Number(cosigned.timeSeconds) * 1000).toISOString()))
      : known(words.noWitness(name))
  })
}

export function showGrowing(growing: Growing, seen: bigint, file: string, words: Words): string[] {
  switch (growing.outcome) {
    case 'first':
      return [known(words.first(String(growing.newer.size), file))]
    case 'same':
      return [holds(words.same(String(growing.older)))]
    case 'grew':
      return [holds(words.grew(String(growing.older), String(growing.newer.size)))]
    case 'not-compared':
      return [known(words.notCompared(String(growing.older), String(seen)))]
    case 'rolled-back':
    case 'forked':
    case 'unproven':
    case 'other-log':
    case 'unreadable':
      return [failed(words.broken[growing.outcome]), `      ${growing.why}`]
  }
}

/** The fault in words, and beneath it its code and whatever is known of where it lies. */
export function showFault(fault: BundleFault, words: Words): string[] {
  const { code, ...details } = fault
  const lines = Object.entries(words.where).flatMap(([name, word]) => {
    const detail = new Map<string, unknown>(Object.entries(details)).get(name)
    return detail === undefined ? [] : [`      ${word}: ${shown(detail)}`]
  })
  return [failed(words.faults[code]), `      ${code}`, ...lines]
}

const MAX_SHOWN = 400

function shown(detail: unknown): string {
  const text = typeof detail === 'string' ? detail : JSON.stringify(detail)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}
