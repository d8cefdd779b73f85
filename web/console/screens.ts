import { button, make } from '../collect/page.ts'
import type { Answer } from './calls.ts'
import type { Outside } from './fault.ts'
import type { Over } from './invitation.ts'
import { nameIn } from '../speech.ts'
import { momentIn, type Speech } from './language.ts'
import { facts, notice, working } from './parts.ts'
import { roleName } from './role.ts'

/** The screens before somebody is in: pure, from what there is to say to what is shown. */

/** A card that is all there is on the page. */
export function screen(title: string, ...content: (Node | string | undefined | false)[]): HTMLElement {
  return make('article', { class: 'card alone' }, make('h1', { tabindex: '-1' }, title), ...content)
}

export function welcomeScreen(
  { words }: Speech,
  said: string | undefined,
  signIn: (() => Promise<void>) | undefined,
): HTMLElement {
  return screen(
    words.welcome,
    said !== undefined && notice(said),
    make('p', {}, words.welcomeWhy),
    signIn
      ? working(words.signIn, words.opening, 'primary', signIn)
      : said === undefined && notice(words.noSignIn),
  )
}

export interface InvitedLeads {
  readonly accept: () => Promise<void>
  readonly signIn: (asAnother: boolean) => Promise<void>
  readonly leave: () => void
}

export interface Inviting {
  readonly invitation: Answer<'readInvitation'>
  /** Whether somebody has signed in. */
  readonly isSignedIn: boolean
  /** The organisation that they belong to already, if any. */
  readonly belongsTo?: Answer<'readOrganisation'>['name']
  readonly said?: string
}

/** What an invitation is for, before anybody accepts it. */
export function invitedScreen(speech: Speech, inviting: Inviting, leads: InvitedLeads): HTMLElement {
  const { words } = speech
  const { invitation, isSignedIn, belongsTo, said } = inviting
  const { organisation, role, sites, expiresAt } = invitation
  const hint = (text: string): HTMLElement => make('p', { class: 'hint' }, text)
  const another = working(words.asAnother, words.opening, 'primary', () => leads.signIn(true))
  const actions = belongsTo
    ? [notice(words.memberAlready(nameIn(belongsTo, speech.language))), another]
    : isSignedIn
      ? [working(words.accept, words.accepting, 'primary', leads.accept)]
      : [
          working(words.signInToAccept, words.opening, 'primary', () => leads.signIn(false)),
          hint(words.signInFirst),
        ]
  return screen(
    words.invited(nameIn(organisation.name, speech.language)),
    facts([
      [words.invitedAs, roleName(role, words)],
      [
        words.invitedSites,
        sites ? sites.map(({ name }) => nameIn(name, speech.language)).join(words.comma) : words.allSites,
      ],
      [words.invitedUntil, momentIn(expiresAt, speech)],
    ]),
    said !== undefined && notice(said),
    ...actions,
    button(words.notNow, 'secondary', leads.leave),
  )
}

export function overScreen({ words }: Speech, why: Over, carryOn: () => void): HTMLElement {
  const { title, text } = words.invitationOver[why]
  return screen(title, make('p', {}, text), button(words.carryOn, 'primary', carryOn))
}

/** Signed in, but not let in. */
export function outsideScreen({ words }: Speech, why: Outside, signOut: () => void): HTMLElement {
  return screen(words[why], make('p', {}, words[`${why}Why`]), button(words.signOut, 'secondary', signOut))
}

export function failedScreen({ words }: Speech, said: string, again: () => Promise<void>): HTMLElement {
  return screen(words.title, notice(said), working(words.tryAgain, words.opening, 'primary', again))
}
