import type { PICKUP_ROUTES } from '../../../shared/contract/routes/pickups.ts'
import type { Organisation } from '../sending/answers.ts'
import { isCode, plainCode } from '../../../shared/domain/identity/enrolment.ts'
import type { Speech } from '../words/language.ts'
import { part, say } from '../page.ts'
import { askOrganisation } from '../sending/send.ts'

/** The access key of the station: asked for once, checked at once. */

type Collecting = (typeof PICKUP_ROUTES)['recordPickup']['callers'][number]

/** Who may log pickups. The contract's type makes sure that this list is complete. */
const MAY_COLLECT: Readonly<Record<Collecting, true>> = { operator: true, collector: true, station: true }

export type KeyFault = 'keyMissing' | 'keyWrong' | 'keyRole' | 'keySuspended' | 'keyNetwork' | 'keyBusy'

export type KeyCheck =
  | { readonly ok: true; readonly organisation: Organisation }
  | { readonly ok: false; readonly fault: KeyFault }

export async function checkKey(key: string): Promise<KeyCheck> {
  // A header takes visible ASCII only, and fetch throws on the rest as if there were no network.
  if (!/^[\x21-\x7e]+$/.test(key)) return { ok: false, fault: key === '' ? 'keyMissing' : 'keyWrong' }
  const reply = await askOrganisation(key)
  if (reply.is === 'accepted') {
    const organisation = reply.value
    return organisation.role in MAY_COLLECT ? { ok: true, organisation } : { ok: false, fault: 'keyRole' }
  }
  if (reply.is === 'refused') return { ok: false, fault: 'keyWrong' }
  const faults = {
    key: 'keyWrong',
    device: 'keyWrong',
    suspended: 'keySuspended',
    network: 'keyNetwork',
    busy: 'keyBusy',
  } as const
  return { ok: false, fault: faults[reply.why] }
}

/** What the address brings in `#key=…` or `#enrol=…`, taken out of the address bar so that no link is shared with it. */
export function takeFromAddress(name: 'key' | 'enrol'): string | undefined {
  const brought = new URLSearchParams(location.hash.slice(1)).get(name)
  if (brought === null) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  return brought.trim()
}

export interface KeyForm {
  /** Shows a key as typed and checks it. */
  readonly submit: (key: string) => Promise<void>
  readonly fail: (fault: KeyFault) => void
  readonly draw: () => void
}

/** The first screen. `accepted` is told of a key that the server knows, `enrol` of a station's code that was typed. */
export function openKeyForm(
  speech: () => Speech,
  accepted: (key: string, organisation: Organisation) => void,
  enrol: (code: string) => void,
): KeyForm {
  const form = part('key-form', HTMLFormElement)
  const input = part('key', HTMLInputElement)
  const save = part('key-save', HTMLButtonElement)
  let fault: KeyFault | undefined
  let isChecking = false

  const draw = (): void => {
    const { words } = speech()
    say(part('key-fault', HTMLElement), fault ? words[fault] : '')
    say(save, isChecking ? words.keyChecking : words.keySave)
    save.setAttribute('aria-disabled', String(isChecking))
    input.setAttribute('aria-invalid', String(fault !== undefined))
  }
  const fail = (next: KeyFault | undefined): void => {
    fault = next
    draw()
    if (next) input.focus()
  }
  const submit = async (key: string): Promise<void> => {
    if (isChecking) return
    if (isCode(plainCode(key))) {
      input.value = ''
      return enrol(plainCode(key))
    }
    input.value = key
    isChecking = true
    fail(undefined)
    const check = await checkKey(key)
    isChecking = false
    fail(check.ok ? undefined : check.fault)
    if (!check.ok) return
    input.value = ''
    accepted(key, check.organisation)
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit(input.value.trim())
  })
  input.addEventListener('input', () => {
    if (!isChecking) fail(undefined)
  })
  return { submit, fail, draw }
}
