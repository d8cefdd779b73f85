import { make } from '../collect/page.ts'
import type { Answer, Fault } from './calls.ts'
import { isLost, sentenceOf } from './fault.ts'
import type { Speech } from './language.ts'
import { announce, notice } from './parts.ts'

/** A part of the page behind its own tab. */
export interface Section {
  /** All of it, in the language of the moment. */
  readonly draw: () => HTMLElement
  /** Asks the server how things stand, and draws that. */
  readonly load: () => Promise<void>
  readonly close?: () => void
}

export interface Surroundings {
  readonly organisation: Answer<'readOrganisation'>
  readonly speech: () => Speech
  /** The sign-in has run out, or whoever it is belongs here no longer. */
  readonly lost: (fault: Fault) => void
}

/** What was done last, or why it was not, until the next. */
export interface Told {
  readonly text: (speech: Speech) => string
  readonly kind: 'good' | 'bad'
}

/**
 * What a section consists of on the page: what is said, what is made, and what there is. Each is drawn by itself, so
 * that a list that is read again takes nobody's typing or focus away.
 */
export function slotsOf({ speech, lost }: Surroundings) {
  const [said, making, lists] = [make('div', {}), make('div', {}), make('div', {})]
  let told: Told | undefined
  const draw = (): void => {
    if (!told) return said.replaceChildren()
    const shown = notice(told.text(speech()), told.kind)
    shown.tabIndex = -1
    said.replaceChildren(shown)
  }
  const tell = (next: Told | undefined): void => {
    told = next
    draw()
    if (!next) return
    announce(next.text(speech()))
    said.querySelector<HTMLElement>('.notice')?.focus()
  }
  const fail = (fault: Fault): void => {
    if (isLost(fault)) return lost(fault)
    tell({ text: ({ words }) => sentenceOf(fault, words), kind: 'bad' })
  }
  const whole = (): HTMLElement => {
    draw()
    return make('div', { class: 'pair' }, make('div', {}, said, making), lists)
  }
  return { making, lists, tell, fail, whole }
}
