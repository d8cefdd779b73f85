import { nameIn } from '../../speech.ts'
import type { Speech } from '../words/language.ts'
import { button, icon, make, part } from '../page.ts'
import { register, type EnrolFault, type Phone } from './phone.ts'

/** The screen on which a phone is enrolled: under way, done, not done and why, or over. */
export interface EnrolmentScreen {
  readonly enrol: (code: string) => Promise<void>
  /** Says that the phone was enrolled once and is so no more. */
  readonly tellRevoked: () => void
  readonly draw: () => void
}

type State =
  | { readonly is: 'working' }
  | { readonly is: 'done'; readonly phone: Phone }
  | { readonly is: 'failed'; readonly why: EnrolFault; readonly code: string }
  | { readonly is: 'revoked' }

interface Leads {
  /** Told of an enrolled phone, once it is. */
  readonly enrolled: (phone: Phone) => void
  readonly start: () => void
  /** To where a code is typed. */
  readonly enter: () => void
  readonly back: () => void
}

export function openEnrolment(speech: () => Speech, leads: Leads): EnrolmentScreen {
  let state: State = { is: 'working' }

  const draw = (): void => part('enrolment', HTMLElement).replaceChildren(panelOf(state))
  const become = (next: State): void => {
    state = next
    draw()
    part('enrolment', HTMLElement).querySelector('h1')?.focus()
  }
  const enrol = async (code: string): Promise<void> => {
    become({ is: 'working' })
    const registration = await register(code)
    if (!registration.ok) return become({ is: 'failed', why: registration.why, code })
    leads.enrolled(registration.phone)
    become({ is: 'done', phone: registration.phone })
  }
  const panelOf = (now: State): HTMLElement => {
    const { words, language } = speech()
    switch (now.is) {
      case 'working':
        return panel('wait', 'sending', words.enrolling)
      case 'done': {
        const { label, site } = now.phone.device
        return panel(
          'check',
          'received',
          words.enrolled,
          make('p', { class: 'summary' }, make('strong', {}, label)),
          make('p', { class: 'where' }, nameIn(site.name, language)),
          make('p', {}, words.enrolledWhy),
          button(words.enrolledStart, 'primary', leads.start),
        )
      }
      case 'failed': {
        const { title, text } = words.enrolFailed[now.why]
        const again = CAN_PASS.has(now.why) && button(words.enrolAgain, 'primary', () => void enrol(now.code))
        const back = button(words.enrolBack, 'secondary', leads.back)
        return panel('alert', 'unsent', title, make('p', {}, text), again, back)
      }
      case 'revoked': {
        const back = button(words.enrolBack, 'secondary', leads.back)
        const enter = button(words.enrolEnter, 'primary', leads.enter)
        return panel('alert', 'unsent', words.revoked, make('p', {}, words.revokedWhy), enter, back)
      }
    }
  }
  return { enrol, tellRevoked: () => become({ is: 'revoked' }), draw }
}

/** What another try may mend with the same code. */
const CAN_PASS: ReadonlySet<EnrolFault> = new Set(['network', 'busy', 'clock'])

function panel(sign: string, state: string, title: string, ...content: (Node | false)[]): HTMLElement {
  const badge = make('div', { class: 'badge' }, icon(sign))
  const heading = make('h1', { tabindex: '-1' }, title)
  return make('article', { class: 'card outcome', 'data-state': state }, badge, heading, ...content)
}
