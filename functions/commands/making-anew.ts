import { kindOfId } from '../../shared/domain/ids.ts'
import type { Batch } from '../../shared/domain/state/batch.ts'
import { goOnAnew, OF_CONTACT, readJournalIds, touchBatch, type Anew } from '../adapters/anew.ts'
import { batchesIn, loadMany } from '../adapters/ledger.ts'

/** So many entries of a journal are gone through in one step. */
const PAGE = 400

/** So many batches are touched at once. */
const AT_ONCE = 25

/**
 * The next step of making passports anew (functions/adapters/anew.ts): touches the batches that one page of a journal
 * says were made, as far as they show what has changed, and notes where to go on.
 */
export async function makeNextAnew(anew: Anew, page = PAGE): Promise<void> {
  const { org, sites, from, begin } = anew
  const [site, ...others] = sites
  if (site === undefined) return
  const { ids, next } = await readJournalIds(org, site, { after: from, limit: page })
  const made = await batchesMadeBy(ids)
  const touching = made.filter((batch) => shows(batch, anew)).values()
  const worker = async (): Promise<void> => {
    for (const { id } of touching) await touchBatch(id)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  await goOnAnew(anew, next === undefined ? { sites: others, from: begin } : { sites, from: next })
}

/** A batch is made by its own first event, or by a run. */
async function batchesMadeBy(events: readonly string[]): Promise<Batch[]> {
  const homes = (kind: 'batch' | 'run'): string[] =>
    events.filter((event) => kindOfId(event) === kind).map((event) => event.slice(0, event.lastIndexOf('-')))
  const pickups = new Set(homes('batch').filter((id) => events.includes(`${id}-1`)))
  const runs = await loadMany(homes('run'))
  const outputs = runs.flatMap(({ subject }) =>
    subject.kind === 'run' ? subject.outputs.map(({ batch }) => batch) : [],
  )
  return batchesIn(await loadMany([...pickups, ...outputs]))
}

/** Whether a batch's passport says what has changed: claims rest on certificates of whoever made the batch. */
function shows({ custodians: [maker], certificates }: Batch, { org, why }: Anew): boolean {
  return maker === org && (why === OF_CONTACT || certificates.includes(why))
}
