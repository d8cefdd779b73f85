import { readBatchId } from '../../shared/domain/ids.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { findPassport } from '../adapters/passports.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import { notFound } from '../http/answers.ts'

/** Pauses of 8 ms to 1 s: a passport is there within a second, and whoever has just made a batch prints it at once. */
const TRIES = 9

/**
 * The passport of a batch whose code or label is wanted. It is waited for, since it says what the code says. What was
 * declared never to have been gets no code: nothing may carry it.
 */
export async function findPrintable(text: string | undefined): Promise<Decision<Passport>> {
  const id = readBatchId(text ?? '')
  if (id === undefined) return notFound(`batch ${text ?? ''}`)
  for (let tried = 0; tried < TRIES; tried++) {
    const found = await findPassport(id)
    if (!found) return notFound(`batch ${id}`)
    if (found.state === 'ready') return refuseVoid(found.passport)
    await pauseBeforeRetry(tried)
  }
  return refuse('unavailable', 'The passport is being made; ask again in a moment.')
}

function refuseVoid(passport: Passport): Decision<Passport> {
  if (passport.status !== 'void') return accept(passport)
  const detail = `Batch ${passport.id} was declared a mistake by a correction: there is no such material, and nothing may carry its code.`
  return refuse('batch-not-active', detail)
}
