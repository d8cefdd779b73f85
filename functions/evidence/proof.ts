import type * as z from 'zod/mini'
import type { proofQuery } from '../../shared/contract/requests/proof.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import {
  isSampled,
  printEnd,
  printEvent,
  printHeader,
  printNext,
  type Sample,
} from '../../shared/verification/bundle.ts'
import { readTip, type EventText } from '../adapters/chains.ts'
import { readPlace, writePlace, type Place } from './cursor.ts'
import { proveLogged } from './logged.ts'
import { readPage } from './page.ts'
import { START } from './position.ts'

/** A page of the proof of a batch: lines of a bundle (shared/verification/bundle.ts), and the events among them. */
export interface ProofPage {
  /** What makes the page what it is: the same gives the same page, but for events that were added to the end of a history. */
  readonly tag: string
  readonly isFirst: boolean
  readonly read: () => Promise<ProofLines>
}

export interface ProofLines {
  readonly header: string
  readonly events: readonly EventText[]
  readonly footer: string
}

type Query = z.output<typeof proofQuery>

/**
 * A page of the proof of a batch. Refused where there is no such batch, where its last event is not in the signed log yet,
 * and with a cursor that is not of this proof.
 */
export async function proofPage(batch: string, query: Query): Promise<Decision<ProofPage>> {
  const sample = sampleOf(query)
  if (query.cursor !== undefined) return laterPage(batch, query.cursor, sample)
  const tip = await readTip(batch)
  if (!tip) return refuse('not-found', 'There is no batch of this number.')
  const logged = await proveLogged(tip.head)
  if (!logged) return notYet()
  const header = printHeader({ batch, head: tip.head, proof: logged.proof, ...(sample && { sample }) })
  return accept({
    tag: [tip.head.slice(0, 16), logged.size, sample?.share, sample?.seed].join('.'),
    isFirst: true,
    read: () => readLines(batch, header, { position: START, sample }),
  })
}

function laterPage(batch: string, cursor: string, sample: Sample | undefined): Decision<ProofPage> {
  const place = readPlace(batch, cursor)
  if (!place.ok) return place
  const drawn = place.value.sample
  if (sample && (sample.share !== drawn?.share || sample.seed !== drawn.seed))
    return refuse('invalid-request', 'The cursor is of another sample than what is asked for.', '/cursor')
  return accept({ tag: cursor, isFirst: false, read: () => readLines(batch, '', place.value) })
}

const sampleOf = ({ sample: share, seed }: Query): Sample | undefined =>
  share === undefined || seed === undefined ? undefined : { share, seed }

/** The log takes in an event within five seconds, and mostly within two. */
function notYet(): Decision<never> {
  const detail = 'The last that happened to this batch is being taken into the log; ask again in a moment.'
  const { refusal } = refuse('unavailable', detail)
  return { ok: false, refusal: { ...refusal, retryAfterSeconds: 2 } }
}

async function readLines(batch: string, header: string, { position, sample }: Place): Promise<ProofLines> {
  const isWanted = async (pickup: string): Promise<boolean> =>
    sample === undefined || pickup === batch || isSampled(pickup, sample)
  const { events, next } = await readPage({ batch, isWanted }, position)
  const footer = next ? printNext(writePlace(batch, { position: next, sample })) : printEnd()
  return { header, events, footer }
}

/** A page as it is sent, with whatever else belongs to it before its end. */
export const textOf = ({ header, events, footer }: ProofLines, others: readonly string[] = []): string =>
  [header, ...events.map(({ text }) => printEvent(text)), ...others, footer].join('')
