import { make } from '../collect/page.ts'
import { ROLES, type Role } from '../../shared/domain/organisation.ts'
import type { Answer } from './calls.ts'
import { nameIn } from '../speech.ts'
import type { Speech } from './language.ts'
import { card, choices, field, press, refuseEmpty, submitting } from './parts.ts'

export interface AskedInvitation {
  readonly label: string
  readonly role: Role
  /** The only sites; all, if absent. */
  readonly sites?: string[]
  readonly expiresInSeconds: number
}

const GOOD_FOR_DAYS = [1, 3, 14] as const
const DAY_SECONDS = 86_400

/** Asks whom to invite, and as what. */
export function inviteForm(
  { sites }: Pick<Answer<'readOrganisation'>, 'sites'>,
  speech: Speech,
  invite: (asked: AskedInvitation) => Promise<void>,
): HTMLElement {
  const { words } = speech
  const label = make('input', { maxlength: '60', autocomplete: 'off', required: '' })
  const role = choices(
    ROLES.map((one) => [one, words.roles[one]]),
    'station',
  )
  const roleField = field(words.role, role, words.roleHints.station)
  const chosenRole = (): Role => ROLES.find((one) => one === role.value) ?? 'auditor'
  role.addEventListener('change', () => {
    const hint = roleField.querySelector('.hint')
    if (hint) hint.textContent = words.roleHints[chosenRole()]
  })
  const boxes = sites
    .filter(({ closedAt }) => closedAt === undefined)
    .map(({ id, name }) => {
      const box = make('input', { type: 'checkbox', value: id })
      return { box, element: make('label', { class: 'check' }, box, nameIn(name, speech.language)) }
    })
  const period = choices(
    GOOD_FOR_DAYS.map((days) => [String(days * DAY_SECONDS), words.days(days)]),
    String(3 * DAY_SECONDS),
  )
  const submit = submitting(words.makeInvitation)
  const form = make(
    'form',
    { novalidate: '', class: 'fields' },
    field(words.personLabel, label, words.personLabelHint),
    roleField,
    boxes.length > 0 &&
      make(
        'fieldset',
        {},
        make('legend', {}, words.onlyAt),
        make('div', { class: 'checks' }, ...boxes.map(({ element }) => element)),
      ),
    field(words.waitsFor, period),
    submit,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (refuseEmpty(label, words)) return
    const chosen = boxes.flatMap(({ box }) => (box.checked ? [box.value] : []))
    const asked = {
      label: label.value.trim(),
      role: chosenRole(),
      expiresInSeconds: Number(period.value),
      ...(chosen.length > 0 && { sites: chosen }),
    }
    void press(submit, words.making, () => invite(asked))
  })
  return card(words.invite, make('p', { class: 'lead' }, words.inviteWhy), form)
}
