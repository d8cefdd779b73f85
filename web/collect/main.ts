import { isOrganisation, type Organisation } from './answers.ts'
import { openComposer, type Composed } from './composer.ts'
import { courierOf, courierWithKey } from './courier.ts'
import { openEnrolment } from './enrolment.ts'
import { openKeyForm, takeFromAddress } from './key.ts'
import { isLanguage, nameIn, pickLanguage, speechIn, type Speech } from './language.ts'
import { newsOf, outcomeOf, recentOf, type Actions, type Scene } from './outcome.ts'
import { openOutbox } from './outbox.ts'
import { part, say, translate } from './page.ts'
import { enrolledPhone, pendingCode, tokenOf, type Phone } from './phone.ts'
import { askDevice, askOrganisation, type Reply } from './send.ts'
import { loadJson, loadText, saveJson, saveText } from './store.ts'

/** The page as a whole: which screen is shown, in which language, and what passes between the parts. */
type Screen = 'key' | 'enrolment' | 'form' | 'outcome'

let speech: Speech = speechIn(pickLanguage(loadText('language'), navigator.languages))
let key = loadText('key') ?? ''
/** This phone, where it is enrolled: then it signs, and no key is used. */
let phone: Phone | undefined
let organisation = savedOrganisation()
let screen: Screen = 'key'
/** The entry that the outcome screen is about. */
let current = ''

const actions: Actions = {
  retry: (id) => void outbox.retry(id),
  retryPhotos: (id) => void outbox.retryPhotos(id),
  correct,
  dismiss: (id) => outbox.remove(id),
  another: () => show('form'),
  changeKey: () => show('key'),
}
const outbox = openOutbox(() => (phone ? courierOf(phone) : courierWithKey(key)), entryChanged)
const composer = openComposer(
  () => speech,
  () => organisation,
  () => phone?.device.label,
  (composed) => void post(composed),
)
const keyForm = openKeyForm(() => speech, useKey, enrol)
const enrolment = openEnrolment(() => speech, {
  enrolled: usePhone,
  start: () => show('form'),
  back: () => show(organisation ? 'form' : 'key'),
})

async function post({ entry, photos, replaces }: Composed): Promise<void> {
  current = entry.id
  const sent = outbox.post(entry, photos, replaces)
  show('outcome')
  await sent
}

/** While an entry is on its way the filled-in form waits behind the outcome, in case it must be corrected. */
function entryChanged(id: string): void {
  drawRecent()
  const entry = outbox.find(id)
  if (!entry) return
  if (screen !== 'outcome' || id !== current) {
    // Sent again from the list: the reader stays where they are, and is told.
    return say(part('status', HTMLElement), newsOf(entry, speech.words))
  }
  if (entry.state.is === 'refused') {
    show('form')
    composer.complain(id, entry.state.refusal)
    drawRecent()
    return
  }
  if (entry.state.is !== 'sending') composer.clear()
  drawOutcome()
}

function correct(id: string): void {
  const entry = outbox.find(id)
  if (!entry?.packet || entry.state.is !== 'refused') return
  if (!composer.isBlank() && !confirm(speech.words.correctConfirm)) return
  show('form')
  composer.reload(id, entry.state.refusal, entry.packet.draft, entry.photos.count)
  drawRecent()
}

function useKey(accepted: string, owner: Organisation): void {
  key = accepted
  phone = undefined
  saveText('key', accepted)
  saveText('by', 'key')
  know(owner)
  show('form')
}

function enrol(code: string): void {
  show('enrolment')
  void enrolment.enrol(code)
}

function usePhone(enrolled: Phone): void {
  phone = enrolled
  saveText('by', 'device')
  const { site, organisation: owner } = enrolled.device
  know({ ...owner, role: 'collector', sites: [site] })
}

function know(owner: Organisation): void {
  organisation = owner
  saveJson('organisation', owner)
  composer.draw()
  drawWhose()
}

function savedOrganisation(): Organisation | undefined {
  const saved = loadJson('organisation')
  return isOrganisation(saved) ? saved : undefined
}

function show(next: Screen): void {
  screen = next
  part('opening', HTMLElement).hidden = true
  part('key-form', HTMLElement).hidden = next !== 'key'
  part('enrolment', HTMLElement).hidden = next !== 'enrolment'
  part('entry-form', HTMLElement).hidden = next !== 'form'
  part('outcome', HTMLElement).hidden = next !== 'outcome'
  part('key-back', HTMLElement).hidden = organisation === undefined
  if (next === 'outcome') drawOutcome()
  drawRecent()
  drawWhose()
  window.scrollTo(0, 0)
  if (next === 'key') part('key-title', HTMLElement).focus()
  if (next === 'form') part('entry-title', HTMLElement).focus()
}

function scene(): Scene {
  return { speech, organisation, correcting: composer.correcting(), actions }
}

function drawOutcome(): void {
  const entry = outbox.find(current)
  if (!entry) return
  const place = part('outcome', HTMLElement)
  const before = place.querySelector('h1')?.textContent
  const panel = outcomeOf(entry, scene())
  place.replaceChildren(panel)
  const heading = panel.querySelector('h1')
  // Only news moves the reader: photos arriving one after the other do not.
  if (heading && heading.textContent !== before) heading.focus()
}

function drawRecent(): void {
  const { total, lines } = recentOf(outbox.entries(), new Date(), scene())
  part('recent', HTMLElement).hidden = screen === 'key' || screen === 'enrolment'
  say(part('recent-total', HTMLElement), total)
  part('recent-list', HTMLElement).replaceChildren(...lines)
}

function drawWhose(): void {
  const { words, language } = speech
  part('whose', HTMLElement).hidden = screen === 'key' || screen === 'enrolment' || !organisation
  part('key-change', HTMLElement).hidden = phone !== undefined
  const name = organisation ? nameIn(organisation.name, language) : ''
  const said = phone
    ? words.enrolledAs(phone.device.label, nameIn(phone.device.site.name, language))
    : words.keyOf(name)
  say(part('key-of', HTMLElement), said)
}

function drawAll(): void {
  document.documentElement.lang = speech.language
  translate(speech.words)
  for (const choice of document.querySelectorAll<HTMLElement>('[data-language]')) {
    choice.setAttribute('aria-pressed', String(choice.dataset['language'] === speech.language))
  }
  keyForm.draw()
  enrolment.draw()
  composer.draw()
  if (screen === 'outcome') drawOutcome()
  drawRecent()
  drawWhose()
}

function listen(): void {
  for (const choice of document.querySelectorAll<HTMLElement>('[data-language]')) {
    choice.addEventListener('click', () => {
      const { language } = choice.dataset
      if (!isLanguage(language)) return
      speech = speechIn(language)
      saveText('language', language)
      drawAll()
    })
  }
  part('key-change', HTMLElement).addEventListener('click', () => show('key'))
  part('key-back', HTMLElement).addEventListener('click', () => show('form'))
  window.addEventListener('hashchange', openFromAddress)
}

/** True if the address brought a code or a key, which is then being used. */
function openFromAddress(): boolean {
  const code = takeFromAddress('enrol')
  if (code !== undefined) {
    enrol(code)
    return true
  }
  const brought = takeFromAddress('key')
  if (brought === undefined) return false
  show('key')
  void keyForm.submit(brought)
  return true
}

async function start(): Promise<void> {
  listen()
  drawAll()
  if (loadText('by') !== 'key') phone = await enrolledPhone()
  if (openFromAddress()) return
  const code = await pendingCode()
  if (code !== undefined) return enrol(code)
  await (phone ? startEnrolled(phone) : startWithKey())
}

/** What was enrolled once opens the form at once, network or not; whether it still is, is asked behind the scenes. */
async function startEnrolled(enrolled: Phone): Promise<void> {
  usePhone(enrolled)
  show('form')
  const reply = await askedTwice(async () => askDevice(await tokenOf(enrolled)))
  if (reply.is !== 'unsent' || reply.why !== 'device') return
  show('enrolment')
  enrolment.tellRevoked()
}

/** A token counts once, and a browser may send a request again by itself: only who is refused twice is told so. */
async function askedTwice<T>(ask: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const first = await ask()
  return first.is === 'unsent' && first.why === 'device' ? ask() : first
}

/** So does a key that was checked once. */
async function startWithKey(): Promise<void> {
  show(key === '' || !organisation ? 'key' : 'form')
  if (key === '') return
  if (!organisation) return await keyForm.submit(key)
  const reply = await askOrganisation(key)
  if (reply.is === 'accepted') know(reply.value)
  if (reply.is === 'unsent' && reply.why === 'key') {
    show('key')
    keyForm.fail('keyWrong')
  }
}

void start()
