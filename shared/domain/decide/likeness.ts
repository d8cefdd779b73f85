import { COLLECTED_FORMS, FORMS, POLYMERS, type Polymer } from '../material/material.ts'
import { kgFromGrams } from '../material/mass.ts'
import { presentIn, type Pool } from '../state/pool.ts'
import { refuse } from '../refusal.ts'
import type { Refused } from './actor.ts'
import type { CloseRun } from './closing.ts'

/**
 * Nothing becomes another plastic by a word. Of a polymer no more comes out than went in of it, what went in as mixed or
 * unknown counted with each; and what has a form as it was collected, went in as that. Anything may be called mixed or
 * unknown: that claims nothing.
 */
export function refuseUnlike({ outputs }: CloseRun, pool: Pool): Refused | undefined {
  return refusePolymers(outputs, pool) ?? refuseForms(outputs, pool)
}

function refusePolymers(outputs: CloseRun['outputs'], { polymers }: Pool): Refused | undefined {
  const unsaid = (polymers.mixed ?? 0) + (polymers.unknown ?? 0)
  const made = new Map<Polymer, number>()
  for (const [index, { polymer, massGrams }] of outputs.entries()) {
    if (polymer === undefined || polymer === 'mixed' || polymer === 'unknown') continue
    const grams = (made.get(polymer) ?? 0) + massGrams
    made.set(polymer, grams)
    const most = (polymers[polymer] ?? 0) + unsaid
    if (grams <= most) continue
    const known = presentIn(polymers, POLYMERS).join(', ')
    const detail = `${kgFromGrams(grams)} kg of ${polymer} would come out, of at most ${kgFromGrams(most)} kg that went in; what went in is ${known}.`
    return refuse('unlike-input', detail, `/outputs/${index}/polymer`)
  }
  return undefined
}

function refuseForms(outputs: CloseRun['outputs'], { forms }: Pool): Refused | undefined {
  const present = presentIn(forms, FORMS)
  // What went in as mixed, or as something else, may be sorted into anything.
  if (present.includes('mixed') || present.includes('other')) return undefined
  const index = outputs.findIndex(
    ({ form }) =>
      form !== undefined && COLLECTED_FORMS.some((one) => one === form) && !present.includes(form),
  )
  if (index < 0) return undefined
  const detail = `${outputs[index]?.form ?? ''} came out, but what went in was ${present.join(', ')}; say one of these, or a form that is made.`
  return refuse('unlike-input', detail, `/outputs/${index}/form`)
}
