import { part } from '../collect/page.ts'
import { nameIn } from '../speech.ts'
import { ask } from './api.ts'
import type { Answer, Fault } from './calls.ts'
import { outsideBy, sentenceOf } from './fault.ts'
import { openHome, type Home } from './home.ts'
import { invitedBy } from './invitation.ts'
import {
  isLanguage,
  pickLanguage,
  rememberedLanguage,
  rememberLanguage,
  speechIn,
  type Speech,
} from './language.ts'
import type { SignInAt, SignInFault } from './oidc.ts'
import { announce } from './parts.ts'
import { roleName } from './role.ts'
import { failedScreen, invitedScreen, outsideScreen, overScreen, welcomeScreen } from './screens.ts'
import {
  beginSignIn,
  canKeep,
  currentToken,
  finishSignIn,
  forgetInvitation,
  forgetSession,
  keptInvitation,
  signOut,
  takeInvitation,
} from './session.ts'

/** The page as a whole: which screen is shown, in which language, and what leads from one to the next. */

let speech: Speech = speechIn(pickLanguage(rememberedLanguage(), navigator.languages))
let signInAt: SignInAt | undefined
let home: Home | undefined
/** The screen of the moment, made anew when the language changes. */
let draw: (() => HTMLElement) | undefined

/** Shows a screen in place of another, and tells those who cannot see it. */
function show(next: () => HTMLElement): void {
  if (home && next !== home.draw) home.close()
  draw = next
  redraw()
  const heading = part('screen', HTMLElement).querySelector<HTMLElement>('h1')
  heading?.focus()
}

function redraw(): void {
  const { words, language } = speech
  document.documentElement.lang = language
  document.title = `${words.title} · Tidemark`
  for (const choice of document.querySelectorAll<HTMLElement>('[data-language]'))
    choice.setAttribute('aria-pressed', String(choice.dataset['language'] === language))
  if (draw) part('screen', HTMLElement).replaceChildren(draw())
}

async function start(): Promise<void> {
  redraw()
  if (!isSecureContext) return showWelcome('page')
  if (!canKeep()) return showWelcome('storage')
  takeInvitation()
  const found = await ask('readSignIn')
  if (!found.ok && !(found.fault.is === 'refused' && found.fault.code === 'not-found'))
    return showFault(found.fault, start)
  signInAt = found.ok ? found.value : undefined
  const fault = signInAt && (await finishSignIn(signInAt))
  await goOn(fault)
}

/** To wherever somebody belongs: an invitation that they came with, their organisation, or the way in. */
async function goOn(fault?: SignInFault): Promise<void> {
  const code = keptInvitation()
  if (code !== undefined) return showInvitation(code, fault)
  if (currentToken() === undefined) return showWelcome(fault)
  await enter()
}

function showWelcome(fault?: SignInFault): void {
  show(() =>
    welcomeScreen(speech, fault && speech.words.signInFaults[fault], signInAt && (() => leave(false))),
  )
}

function showFault(fault: Fault, again: () => Promise<void>): void {
  if (fault.is === 'signed-out') {
    forgetSession()
    return showWelcome('expired')
  }
  show(() => failedScreen(speech, sentenceOf(fault, speech.words), again))
}

/** Off to the issuer; as somebody else, where it has a page for that, by signing out of it first. */
async function leave(asAnother: boolean): Promise<void> {
  if (!signInAt) return showWelcome()
  // Signed out at the issuer, somebody comes back here, and to the invitation that this tab keeps.
  if (asAnother && signOut(signInAt)) return
  const fault = await beginSignIn(signInAt, asAnother)
  if (fault) showWelcome(fault)
}

function goOut(): void {
  forgetInvitation()
  if (!signOut(signInAt)) showWelcome()
}

async function enter(told?: (speech: Speech) => string): Promise<void> {
  const reply = await ask('readOrganisation')
  if (reply.ok) return showHome(reply.value, told)
  const why = outsideBy(reply.fault)
  if (why === undefined) return showFault(reply.fault, () => enter(told))
  show(() => outsideScreen(speech, why, goOut))
}

function showHome(organisation: Answer<'readOrganisation'>, told?: (speech: Speech) => string): void {
  const opened = openHome(organisation, {
    speech: () => speech,
    redraw,
    signOut: goOut,
    lost: (fault) => (fault.is === 'signed-out' ? showFault(fault, start) : void enter()),
    ...(told && { told: told(speech) }),
  })
  home?.close()
  home = opened
  show(opened.draw)
  if (told) announce(told(speech))
  void opened.load()
}

async function showInvitation(code: string, fault?: SignInFault, refused?: Fault): Promise<void> {
  const isSignedIn = currentToken() !== undefined
  const [reply, belonging] = await Promise.all([
    ask('readInvitation', { body: { code } }),
    isSignedIn ? ask('readOrganisation') : undefined,
  ])
  const invited = invitedBy(reply)
  if (invited.is === 'unread') return showFault(invited.fault, () => showInvitation(code, fault))
  if (invited.is === 'over') return show(() => overScreen(speech, invited.why, forgetAndGoOn))
  const { invitation } = invited
  if (belonging && !belonging.ok && belonging.fault.is === 'signed-out') {
    forgetSession()
    return showInvitation(code, 'expired')
  }
  show(() => {
    const { words } = speech
    const said = refused ? sentenceOf(refused, words) : fault && words.signInFaults[fault]
    const inviting = {
      invitation,
      isSignedIn,
      ...(belonging?.ok && { belongsTo: belonging.value.name }),
      ...(said !== undefined && { said }),
    }
    return invitedScreen(speech, inviting, {
      accept: () => acceptInvitation(code, invitation),
      signIn: leave,
      leave: forgetAndGoOn,
    })
  })
}

function forgetAndGoOn(): void {
  forgetInvitation()
  void goOn()
}

async function acceptInvitation(
  code: string,
  { organisation, role }: Answer<'readInvitation'>,
): Promise<void> {
  const reply = await ask('acceptInvitation', { body: { code } })
  if (!reply.ok) return showInvitation(code, undefined, reply.fault)
  forgetInvitation()
  await enter((now) => now.words.joined(nameIn(organisation.name, now.language), roleName(role, now.words)))
}

for (const choice of document.querySelectorAll<HTMLElement>('[data-language]')) {
  choice.addEventListener('click', () => {
    const { language } = choice.dataset
    if (!isLanguage(language)) return
    speech = speechIn(language)
    rememberLanguage(language)
    redraw()
  })
}
// A link that is opened in the tab where this page already is loads nothing anew.
addEventListener('hashchange', () => {
  if (takeInvitation()) void goOn()
})
void start()
