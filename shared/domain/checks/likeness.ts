import { COLLECTED_FORMS, FORMS, POLYMERS, type MaterialForm, type Polymer } from '../material/material.ts'
import type { RunStep } from '../material/stages.ts'
import { untold, takeNamed, type Mixture } from '../material/mixture.ts'
import type { CheckResult } from './rule.ts'
import { FORM_NAMES_ZH, kg } from './wording.ts'

/** What a run was charged with and what is said to have come out, by polymer and form. */
export interface Likeness {
  readonly step: RunStep
  readonly polymers: Mixture
  /** The same, with the mixed lots among it as what they were put together from. */
  readonly heap: Mixture
  readonly forms: Readonly<Partial<Record<MaterialForm, number>>>
  /** Material without a traced origin among it: what nobody said of that, names nothing that came from the sea. */
  readonly addedGrams: number
  readonly outputs: readonly {
    readonly polymer?: Polymer
    readonly form?: MaterialForm
    readonly massGrams: number
  }[]
}

/** A result, and the output that it is about. */
export interface Unlike {
  readonly pointer: string
  readonly check: CheckResult
}

/** Steps in which what went in mixed is taken apart. */
const PARTS: ReadonlySet<RunStep> = new Set(['sorting', 'cleaning'])

/**
 * R9 by kind: nothing becomes another plastic by a word. Of a polymer no more comes out than went in of it and its kin
 * (PE is the family of HDPE and LDPE); what was unknown may be named, and what was mixed where it is taken apart, but
 * what a mixed lot was put together from is known. Each gram makes one thing. Sorting finds what was taken for something
 * else: there it is for review. Unknown and mixed only name what was so.
 */
export function checkPolymers(likeness: Likeness): Unlike[] {
  const { step, polymers, addedGrams, outputs } = likeness
  const { mixed = 0, ...told } = polymers
  const isTakenApart = PARTS.has(step)
  const heap: Mixture = isTakenApart ? likeness.heap : told
  const present = namesIn(polymers)
  const mayBeMixed = present.length > 1 || present.includes('unknown')
  const named = outputs.flatMap(({ polymer, massGrams }, index) =>
    polymer === undefined ? [] : [{ polymer, massGrams, index }],
  )
  const { given } = takeNamed(
    heap,
    named.map((one) => (one.polymer === 'mixed' ? { ...one, massGrams: 0 } : one)),
    Math.max(0, untold(heap) - addedGrams),
  )
  const made = new Map<Polymer, number>()
  const had = new Map<Polymer, number>()
  return named.flatMap(({ polymer, massGrams, index }, nth): Unlike[] => {
    const grams = (made.get(polymer) ?? 0) + massGrams
    const most = polymer === 'mixed' ? mixed : (had.get(polymer) ?? 0) + (given[nth] ?? 0)
    made.set(polymer, grams)
    had.set(polymer, most)
    if (grams <= most || (polymer === 'mixed' && mayBeMixed)) return []
    return [
      unlike(step, `/outputs/${index}/polymer`, {
        name: polymer,
        zh: polymer,
        grams,
        most,
        present: (isTakenApart ? namesIn(heap) : present).join(', '),
      }),
    ]
  })
}

const namesIn = (heap: Mixture): Polymer[] => POLYMERS.filter((polymer) => (heap[polymer] ?? 0) > 0)

/** R9 by form: what has a form as it was collected went in as that, and what is made is made in its step. */
export function checkForms({ step, forms, outputs }: Likeness): Unlike[] {
  const present = FORMS.filter((form) => (forms[form] ?? 0) > 0)
  const isAnything = present.includes('mixed') || present.includes('other')
  return outputs.flatMap(({ form, massGrams }, index): Unlike[] => {
    if (form === undefined || present.includes(form) || MADE[step]?.includes(form)) return []
    const isCollected = COLLECTED_FORMS.some((one) => one === form)
    if (form === 'mixed' && (present.length > 1 || isAnything || step === 'sorting')) return []
    if (isCollected && isAnything && PARTS.has(step)) return []
    const found = {
      name: form,
      zh: FORM_NAMES_ZH[form],
      grams: massGrams,
      most: 0,
      present: present.join(', '),
    }
    return [unlike(isCollected ? step : undefined, `/outputs/${index}/form`, found)]
  })
}

const MADE: Readonly<Partial<Record<RunStep, readonly MaterialForm[]>>> = {
  cleaning: ['flake', 'mixed'],
  pelletizing: ['pellet'],
  manufacturing: ['product'],
}

interface Found {
  readonly name: string
  readonly zh: string
  readonly grams: number
  readonly most: number
  readonly present: string
}

function unlike(
  step: RunStep | undefined,
  pointer: string,
  { name, zh, grams, most, present }: Found,
): Unlike {
  const [out, limit] = [kg(grams), kg(most)]
  const isFound = step === 'sorting' && name !== 'mixed' && name !== 'unknown'
  const end = isFound
    ? { en: 'sorting may have found it among the rest', zh: '可能在分拣中被发现' }
    : { en: 'nothing becomes something else by being called so', zh: '物料不会因改称而变成别的物料' }
  return {
    pointer,
    check: {
      rule: 'R9',
      verdict: isFound ? 'review' : 'fail',
      sentence: {
        en: `${out.en} of ${name} came out, of ${limit.en} that may have gone in as that (given: ${present}); ${end.en}.`,
        zh: `产出 ${out.zh}“${zh}”，而投入中至多有 ${limit.zh}（投入为：${present}）；${end.zh}。`,
      },
    },
  }
}
