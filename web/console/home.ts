import { button, make } from '../collect/page.ts'
import type { Answer } from './calls.ts'
import { nameIn } from '../speech.ts'
import type { Speech } from './language.ts'
import { facts, notice } from './parts.ts'
import { ownSites } from './own-sites.ts'
import { openPeople } from './people.ts'
import { openPhones } from './phones.ts'
import { roleName } from './role.ts'
import type { Section, Surroundings } from './section.ts'

/** The page of somebody who is in: who they are here, and what their role lets them look after. */
export interface Home {
  readonly draw: () => HTMLElement
  readonly load: () => Promise<void>
  readonly close: () => void
}

type Organisation = Answer<'readOrganisation'>
type Name = 'phones' | 'people'

/** As the rows of the route table say: who may enrol phones, and who may invite. */
const MAY: Readonly<Record<string, readonly Name[]>> = {
  operator: ['phones', 'people'],
  station: ['phones'],
}

const COLLECTS: ReadonlySet<string> = new Set(['operator', 'station', 'collector'])

export interface HomeLeads {
  readonly speech: () => Speech
  readonly redraw: () => void
  readonly signOut: () => void
  readonly lost: Surroundings['lost']
  /** Said once, above all else. */
  readonly told?: string
}

export function openHome(
  organisation: Organisation,
  { speech, redraw, signOut, lost, told }: HomeLeads,
): Home {
  const names = MAY[organisation.role] ?? []
  const sections = new Map<Name, Section>()
  let current: Name | undefined = names[0]
  const sectionOf = (name: Name): Section => {
    const found = sections.get(name)
    if (found) return found
    const made = (name === 'phones' ? openPhones : openPeople)({ organisation, speech, lost })
    sections.set(name, made)
    return made
  }
  const choose = (name: Name): void => {
    current = name
    redraw()
    document.querySelector<HTMLElement>(`[data-section="${name}"]`)?.focus()
    void sectionOf(name).load()
  }

  const whoOf = (): HTMLElement => {
    const { words } = speech()
    const { name, role } = organisation
    const named = ownSites(organisation).map((site) => {
      const text = nameIn(site.name, speech().language)
      return site.closedAt === undefined ? text : `${text} (${words.closed})`
    })
    return make(
      'section',
      { class: 'card who' },
      make(
        'div',
        { class: 'text' },
        make('h1', { tabindex: '-1' }, nameIn(name, speech().language)),
        facts([
          [words.myRole, roleName(role, words)],
          [words.mySites, named.join(words.comma)],
        ]),
      ),
      button(words.signOut, 'plain', signOut),
    )
  }

  const tabsOf = (): HTMLElement => {
    const { words } = speech()
    const tabs = names.map((name) => {
      const tab = button(words[name], 'tab', () => choose(name))
      tab.dataset['section'] = name
      if (name === current) tab.setAttribute('aria-current', 'page')
      return tab
    })
    return make('nav', { class: 'tabs', 'aria-label': words.sections }, ...tabs)
  }

  const draw = (): HTMLElement => {
    const { words } = speech()
    const collect =
      COLLECTS.has(organisation.role) && make('a', { class: 'secondary', href: '/collect/' }, words.toCollect)
    return make(
      'div',
      {},
      told !== undefined && notice(told, 'good'),
      whoOf(),
      names.length > 1 && tabsOf(),
      current
        ? sectionOf(current).draw()
        : make('section', { class: 'card' }, make('p', {}, words.nothingHere), collect),
    )
  }
  return {
    draw,
    load: async () => (current ? sectionOf(current).load() : undefined),
    close: () => {
      for (const section of sections.values()) section.close?.()
    },
  }
}
