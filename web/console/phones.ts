import { button, make } from '../collect/page.ts'
import { ask, askAll } from './api.ts'
import type { Answer } from './calls.ts'
import { enrolForm, type AskedEnrolment } from './enrol-form.ts'
import { nameIn } from '../speech.ts'
import { momentIn } from './language.ts'
import { card, confirming, copyable, line, listOf, working } from './parts.ts'
import { slotsOf, type Section, type Surroundings } from './section.ts'

/** Collectors' phones of an organisation: a code for a new one, and which there are. */
type Made = Answer<'makeEnrolment'>
type Waiting = readonly Answer<'listEnrolments'>['items'][number][]
type Device = Answer<'listDevices'>['items'][number]

/** So often it is looked whether the phone that a code is shown to has come. */
const LOOK_AGAIN_MS = 4_000

export function openPhones(surroundings: Surroundings): Section {
  const { organisation, speech } = surroundings
  const { making, lists, tell, fail, whole } = slotsOf(surroundings)
  let made: Made | undefined
  let looking: ReturnType<typeof setInterval> | undefined
  let waiting: Waiting = []
  let devices: readonly Device[] | undefined

  const load = async (): Promise<void> => {
    const [codes, phones] = await Promise.all([askAll('listEnrolments'), askAll('listDevices')])
    if (!codes.ok) return fail(codes.fault)
    if (!phones.ok) return fail(phones.fault)
    waiting = codes.value
    devices = phones.value
    drawLists()
  }
  const show = (next: Made | undefined): void => {
    clearInterval(looking)
    made = next
    if (next) looking = setInterval(() => void look(next), LOOK_AGAIN_MS)
    drawMaking()
    drawLists()
  }
  /** A code that waits no longer was used, or is over. */
  const look = async (shown: Made): Promise<void> => {
    if (document.hidden) return
    const reply = await ask('listEnrolments')
    if (!reply.ok || made !== shown || reply.value.items.some(({ id }) => id === shown.id)) return
    const isOver = Date.parse(shown.expiresAt) <= Date.now()
    show(undefined)
    tell(
      isOver
        ? { text: ({ words }) => words.codeOver, kind: 'bad' }
        : { text: ({ words }) => words.codeUsed(shown.label), kind: 'good' },
    )
    await load()
  }
  const enrol = async (body: AskedEnrolment): Promise<void> => {
    const reply = await ask('makeEnrolment', { body })
    if (!reply.ok) return fail(reply.fault)
    tell(undefined)
    show(reply.value)
    making.querySelector('h2')?.focus()
  }
  const revoke = async ({ id, label }: Device) => {
    const reply = await ask('revokeDevice', { id })
    if (!reply.ok) return reply.fault
    tell({ text: ({ words }) => words.revoked(label), kind: 'good' })
    await load()
    return undefined
  }

  const drawMaking = (): void =>
    making.replaceChildren(made ? madeCard(made) : enrolForm(organisation, speech(), enrol))

  const madeCard = ({ label, code, link, qrSvg, expiresAt }: Made): HTMLElement => {
    const { words } = speech()
    const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(qrSvg)}`
    return card(
      words.codeFor(label),
      make('p', {}, words.codeHow),
      make('img', { class: 'qr', alt: words.codeAlt, src }),
      make('p', { class: 'code' }, code),
      copyable(link, words),
      make('p', { class: 'hint' }, words.codeUntil(momentIn(expiresAt, speech()))),
      button(words.done, 'primary', () => {
        show(undefined)
        making.querySelector('h2')?.focus()
        void load()
      }),
    )
  }

  const siteName = (id: string): string => {
    const site = organisation.sites.find((one) => one.id === id)
    return site ? nameIn(site.name, speech().language) : id
  }

  const drawLists = (): void => {
    const { words } = speech()
    const pending = waiting.filter(({ id }) => id !== made?.id)
    // Those that still count come first; within each, the newest.
    const sorted =
      devices && [...devices].sort((a, b) => Number(a.status === 'revoked') - Number(b.status === 'revoked'))
    lists.replaceChildren(
      card(
        words.devices,
        sorted
          ? listOf(sorted.map(deviceLine), words.noDevices, words)
          : make('p', { class: 'hint' }, words.loading),
        working(words.refresh, words.loading, 'plain', load),
      ),
      ...(pending.length === 0
        ? []
        : [
            card(
              words.waiting,
              listOf(
                pending.map(({ label, siteId, expiresAt }) =>
                  line(label, [siteName(siteId), words.validUntil(momentIn(expiresAt, speech()))]),
                ),
                '',
                words,
              ),
            ),
          ]),
    )
  }

  const deviceLine = (device: Device): HTMLElement => {
    const { words } = speech()
    const { label, siteId, madeAt, lastUsedAt, revokedAt } = device
    const when = (iso: string): string => momentIn(iso, speech())
    if (revokedAt !== undefined) {
      const over = line(label, [siteName(siteId), words.revokedAt(when(revokedAt))])
      over.classList.add('over')
      return over
    }
    const used = lastUsedAt === undefined ? words.neverUsed : words.lastUsed(when(lastUsedAt))
    const question = {
      button: words.revoke,
      question: words.revokeQuestion(label),
      yes: words.revokeYes,
      no: words.keep,
      about: label,
    }
    const asked = confirming(question, words, () => revoke(device))
    return line(label, [`${siteName(siteId)} · ${words.enrolledAt(when(madeAt))}`, used], asked)
  }

  const draw = (): HTMLElement => {
    drawMaking()
    drawLists()
    return whole()
  }
  return { draw, load, close: () => clearInterval(looking) }
}
