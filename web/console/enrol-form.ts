import { make } from '../collect/page.ts'
import type { Answer } from './calls.ts'
import { nameIn } from '../speech.ts'
import type { Speech } from './language.ts'
import { ownSites } from './own-sites.ts'
import { card, choices, field, press, refuseEmpty, submitting } from './parts.ts'

export interface AskedEnrolment {
  readonly siteId: string
  readonly label: string
  readonly expiresInSeconds: number
}

/** Of a code that is shown at once, that is sent to somebody, and that waits for a boat to come home. */
const GOOD_FOR = [
  { count: 15, unit: 'minutes', seconds: 900 },
  { count: 1, unit: 'hours', seconds: 3_600 },
  { count: 1, unit: 'days', seconds: 86_400 },
] as const

/** Asks for what a phone is called and where it will enter. */
export function enrolForm(
  organisation: Answer<'readOrganisation'>,
  speech: Speech,
  enrol: (asked: AskedEnrolment) => Promise<void>,
): HTMLElement {
  const { words } = speech
  const open = ownSites(organisation).filter(({ closedAt }) => closedAt === undefined)
  if (open.length === 0) return card(words.enrol, make('p', {}, words.noSites))
  const site = choices(open.map(({ id, name }) => [id, nameIn(name, speech.language)]))
  const label = make('input', { maxlength: '60', autocomplete: 'off', required: '' })
  const period = choices(GOOD_FOR.map(({ count, unit, seconds }) => [String(seconds), words[unit](count)]))
  const submit = submitting(words.makeCode)
  const form = make(
    'form',
    { novalidate: '', class: 'fields' },
    field(words.phoneLabel, label, words.phoneLabelHint),
    field(words.site, site),
    field(words.waitsFor, period),
    submit,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (refuseEmpty(label, words)) return
    const asked = { siteId: site.value, label: label.value.trim(), expiresInSeconds: Number(period.value) }
    void press(submit, words.making, () => enrol(asked))
  })
  return card(words.enrol, make('p', { class: 'lead' }, words.enrolWhy), form)
}
