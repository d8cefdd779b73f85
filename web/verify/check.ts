import { verifyBundle, type Progress } from '../../shared/verification/verify.ts'
import { NOT_YET, proofLines, UNREACHABLE } from './fetching.ts'
import { growthTo } from './growth.ts'
import { compareShares } from './shares.ts'
import { showFault, showHeld, showNote, showProgress, type Place } from './shown.ts'
import { pinnedTrust } from './trust.ts'
import { TROUBLE, type Words } from './words.ts'

/** Checks the story of the page at once, and again whenever the button is pressed. */
export function begin(words: Words): void {
  const section = document.querySelector<HTMLElement>('.verify')
  const button = section?.querySelector('button')
  const told = section?.querySelector<HTMLElement>('.told')
  if (!section || !button || !told) return
  const place: Place = { told, words, lang: document.documentElement.lang }
  const run = async (): Promise<void> => {
    button.disabled = true
    try {
      await check(place, section.dataset['batch'] ?? '', section.dataset['head'] ?? '')
    } catch (error) {
      const why = error instanceof Error ? error.message : ''
      if (why !== NOT_YET && why !== UNREACHABLE) console.error(error)
      showNote(place, why === NOT_YET ? words.notYet : words.unreachable)
    }
    button.disabled = false
    button.textContent = words.again
  }
  button.addEventListener('click', () => void run())
  void run()
}

async function check(place: Place, batch: string, head: string): Promise<void> {
  const { words } = place
  // Browsers keep Web Cryptography back from pages that came without TLS.
  if (!isSecureContext) return showNote(place, words.noCrypto)
  const trust = await pinnedTrust()
  const progress = progressIn(place)
  const verified = await verifyBundle(proofLines(batch), { trust, batch }, { progress })
  if (!verified.ok) return showFault(place, TROUBLE[verified.fault.code], verified.fault)
  const { found } = verified
  await showProgress(place, words.growing)
  const growth = await growthTo(found.checkpoint, trust)
  if ('why' in growth) return showFault(place, growth.outcome, { code: growth.outcome, why: growth.why })
  // What the page says of an earlier or a later state is not held against it.
  if (found.head.hash !== head) return showNote(place, words.otherState)
  const shares = compareShares(found.batch, rowsOfPage())
  showHeld(place, { found, growth, shares })
}

const rowsOfPage = (): HTMLTableRowElement[] => [
  ...document.querySelectorAll<HTMLTableRowElement>('tr[data-of]'),
]

/** Says how far it is, not oftener than somebody can look: each time the browser must be let draw it. */
function progressIn(place: Place): (progress: Progress) => Promise<void> {
  let last = 0
  return async ({ step, done, total }) => {
    const now = performance.now()
    if (now - last < SHOWN_EVERY_MS) return
    last = now
    const { fetching, checking } = place.words
    const count = new Intl.NumberFormat(place.lang)
    const text =
      step === 'hashing'
        ? fetching(count.format(done))
        : checking(count.format(done), count.format(total ?? done))
    await showProgress(place, text, total === undefined ? undefined : done / total)
  }
}

const SHOWN_EVERY_MS = 150
