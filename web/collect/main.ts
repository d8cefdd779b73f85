import { courierFor, keepAccess, loadAccess, organisationOf, type Access } from './kept/access.ts'
import { askTime } from './sending/clock.ts'
import { openComposer } from './form/composer.ts'
import { asDevice } from './sending/courier.ts'
import { openEnrolment } from './device/enrolment.ts'
import { freshId } from './fresh-id.ts'
import { openKeyForm, takeFromAddress } from './device/key.ts'
import { announce, openGlance, type Screen } from './shown/glance.ts'
import { nameIn } from '../speech.ts'
import { pickLanguage, speechIn, type Speech } from './words/language.ts'
import { openLanguages } from './words/languages.ts'
import { openList } from './shown/list.ts'
import { lookUp } from './sending/look-up.ts'
import { isMendable, type Entry, type Packet } from './kept/entries.ts'
import { askToPersist, keepForm } from './kept/offline.ts'
import type { Refusal } from './sending/answers.ts'
import { openOutbox } from './sending/outbox.ts'
import { part, say, translate } from './page.ts'
import { pendingCode } from './device/phone.ts'
import { saveEntry, type Composed } from './kept/saving.ts'
import type { Actions, Scene } from './shown/scene.ts'
import { askDevice, askOrganisation } from './sending/send.ts'
import { sweep } from './kept/shelf.ts'
import { loadAside, loadText, saveText } from './form/store.ts'
import { isFirstTab } from './kept/tabs.ts'

/** The page as a whole: which screen is shown, in which language, and what passes between the parts. */
let speech: Speech = speechIn(pickLanguage(loadText('language'), navigator.languages))
let access: Access | undefined
let screen: Screen = 'key'

const actions: Actions = {
  undo: (id) => void undo(id),
  correct: (id) => void correct(id),
  remove: (id) => void outbox.remove(id).then(() => announce(speech.words.removed)),
  open: (id) => {
    glance.turnTo(id, 'list')
    show('outcome')
  },
  list: () => show('list'),
  retryPhotos: (id) => void outbox.retryPhotos(id),
  another: () => {
    // Whoever goes on is content with it.
    void outbox.release(glance.current())
    show('form')
  },
}
const outbox = openOutbox(
  () => access,
  () => glance.draw(),
)
const composer = openComposer(
  () => speech,
  () => access && organisationOf(access),
  () => (access?.by === 'device' ? access.phone.device.label : undefined),
  save,
)
const list = openList(scene, (entries) => {
  if (access) void lookUp(entries, courierFor(access)).then(outbox.refresh)
})
const glance = openGlance(scene, () => screen, list)
const languages = openLanguages((language) => {
  speech = speechIn(language)
  saveText('language', language)
  drawAll()
})
const keyForm = openKeyForm(
  () => speech,
  (key, organisation) => {
    use({ by: 'key', key, organisation })
    show('form')
  },
  enrol,
)
const enrolment = openEnrolment(() => speech, {
  enrolled: (phone) => use({ by: 'device', phone }),
  start: () => show('form'),
  enter: () => show('key'),
  back: () => show(access ? 'form' : 'key'),
})

/** Keeps what was composed; only then does the screen say so. */
async function save(composed: Composed): Promise<'kept' | 'full' | 'unable'> {
  if (!access) return 'unable'
  const saved = await saveEntry(composed, access, outbox)
  if (saved.is !== 'kept') return saved.is
  void askToPersist()
  glance.turnTo(saved.id, 'form')
  show('outcome')
  return 'kept'
}

async function undo(id: string): Promise<void> {
  const entry = await outbox.remove(id)
  if (!entry?.packet) return announce(speech.words.undoLate)
  putBack(entry.packet, entry)
  announce(speech.words.undone)
}

async function correct(id: string): Promise<void> {
  const entry = outbox.find(id)
  if (!entry?.packet || !isMendable(entry)) return
  const refusal = 'refusal' in entry.state ? entry.state.refusal : undefined
  // The server has another entry of that id, and would refuse this one for ever.
  const isTaken = refusal?.code === 'idempotency-key-reused'
  const next = isTaken ? freshId() : id
  if (isTaken) await outbox.rename(id, next)
  putBack(entry.packet, { ...entry, id: next }, refusal)
}

/** Puts what was saved back into the form, under the id by which it and its photos are known. */
function putBack({ draft }: Packet, { id, photos }: Pick<Entry, 'id' | 'photos'>, refusal?: Refusal): void {
  show('form')
  composer.reload({ ...draft, id }, photos.count, refusal)
  glance.draw()
}

function use(next: Access): void {
  access = next
  void keepAccess(next)
  composer.draw()
  drawWhose()
  outbox.send()
}

function enrol(code: string): void {
  show('enrolment')
  void enrolment.enrol(code)
}

const PARTS = {
  key: 'key-form',
  enrolment: 'enrolment',
  form: 'entry-form',
  outcome: 'outcome',
  list: 'list',
}
const TITLES: Readonly<Partial<Record<Screen, string>>> = {
  key: 'key-title',
  form: 'entry-title',
  list: 'list-title',
}

function show(next: Screen): void {
  screen = next
  part('opening', HTMLElement).hidden = true
  for (const [name, id] of Object.entries(PARTS)) part(id, HTMLElement).hidden = name !== next
  part('key-back', HTMLElement).hidden = access === undefined
  if (next === 'list') list.open()
  glance.draw()
  drawWhose()
  window.scrollTo(0, 0)
  const title = TITLES[next]
  if (title !== undefined) part(title, HTMLElement).focus()
}

function scene(): Scene {
  return { speech, organisation: access && organisationOf(access), outbox, actions, inForm: composer.id() }
}

function drawWhose(): void {
  const { words, language } = speech
  part('whose', HTMLElement).hidden = screen === 'key' || screen === 'enrolment' || !access
  if (!access) return
  say(part('key-change', HTMLElement), access.by === 'device' ? words.enrolAnew : words.keyChange)
  const said =
    access.by === 'device'
      ? words.enrolledAs(access.phone.device.label, nameIn(access.phone.device.site.name, language))
      : words.keyOf(nameIn(access.organisation.name, language))
  say(part('key-of', HTMLElement), said)
}

function drawAll(): void {
  document.documentElement.lang = speech.language
  translate(speech.words)
  languages.draw(speech.language)
  keyForm.draw()
  enrolment.draw()
  composer.draw()
  glance.draw()
  drawWhose()
}

function listen(): void {
  const leads = {
    'key-change': 'key',
    'key-back': 'form',
    'list-show': 'list',
    'list-back': 'form',
    waiting: 'list',
  } as const
  for (const [id, to] of Object.entries(leads))
    part(id, HTMLElement).addEventListener('click', () => show(to))
  window.addEventListener('hashchange', openFromAddress)
}

/** Takes up the draft that was left, and forgets photos that are nobody's any more. */
function resume(): void {
  composer.resume()
  const drafts = new Set([composer.id(), ...loadAside().map(({ draft }) => draft.id)])
  void sweep((id) => drafts.has(id)).then(outbox.refresh, () => undefined)
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
  void keepForm()
  access = await loadAccess()
  await outbox.refresh()
  if (await isFirstTab(resume)) resume()
  if (openFromAddress()) return
  const code = await pendingCode()
  if (code !== undefined) return enrol(code)
  composer.draw()
  show(access ? 'form' : 'key')
  if (!access) return
  outbox.send()
  // A token of the wrong day would look like that of a revoked phone.
  if (await askTime()) await confirmAccess(access)
}

/** What was used once opens the form at once, network or not; whether it still counts, is asked behind the scenes. */
async function confirmAccess(known: Access): Promise<void> {
  if (known.by === 'key') {
    const reply = await askOrganisation(known.key)
    if (reply.is === 'accepted') use({ ...known, organisation: reply.value })
    if (reply.is !== 'unsent' || reply.why !== 'key') return
    show('key')
    return keyForm.fail('keyWrong')
  }
  const reply = await asDevice(known.phone, askDevice)
  if (reply.is !== 'unsent' || reply.why !== 'device') return
  show('enrolment')
  enrolment.tellRevoked()
}

void start()
