import { randomBytes } from 'node:crypto'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import {
  cancelEnrolment,
  CODE_LENGTH,
  groupedCode,
  isPending,
  MAX_WAIT_SECONDS,
  type Enrolment,
} from '../../shared/domain/identity/enrolment.ts'
import { isAtSite } from '../../shared/domain/identity/reach.ts'
import { ID_ALPHABET } from '../../shared/domain/ids.ts'
import { refuse, type Refused } from '../../shared/domain/refusal.ts'
import { readCodes, storeCode } from '../adapters/codes.ts'
import { changeIdentity, findOwnIdentity } from '../adapters/identities.ts'
import { CODE_SK, codeSk } from '../adapters/keys.ts'
import { findSite } from '../commands/acting.ts'
import { identityId } from '../commands/command.ts'
import { json, notFound } from '../http/answers.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { matrixOf, svgOf } from '../printing/qr.ts'
import { publicUrl } from '../views/links.ts'
import { refOf } from './secrets.ts'
import { reachOf } from './sites.ts'

/** Codes that enrol a phone: made and shown once, listed while they wait, cancelled. */
export const enrolmentEndpoints = {
  makeEnrolment: async ({ body, caller, idempotencyKey }: Request<'makeEnrolment'>): Promise<Handled> => {
    const site = await findSite(reachOf(caller), body.siteId)
    if (!site.ok) return site
    const now = new Date()
    const id = await identityId('enrolment', { org: caller.org, route: 'makeEnrolment', idempotencyKey })
    const enrolment: Enrolment = {
      id,
      org: caller.org,
      site: body.siteId,
      label: body.label,
      madeAt: now.toISOString(),
      madeBy: caller.by,
      expiresAt: new Date(now.getTime() + body.expiresInSeconds * 1000).toISOString(),
    }
    const code = newCode()
    if (!(await storeCode(refOf(code), enrolment))) return shownOnce(id)
    const link = `${publicUrl()}/collect/#enrol=${code}`
    const qrSvg = svgOf(matrixOf(link, 'M'), ON_SCREEN)
    return json(201, { ...viewEnrolment(enrolment), code: groupedCode(code), link, qrSvg })
  },

  listEnrolments: async ({ query, caller }: Request<'listEnrolments'>): Promise<Handled> => {
    const before = readCursor(query.cursor, 'enrolments', CODE_SK)
    if (!before.ok) return before
    const { page, next } = await pendingPage(caller, before.value, query.limit)
    const items = page.map(viewEnrolment)
    return json(200, { items, ...(next !== undefined && { next: writeCursor('enrolments', next) }) })
  },

  cancelEnrolment: async ({ path, caller }: Request<'cancelEnrolment'>): Promise<Handled> => {
    const id = path['id'] ?? ''
    const found = await findOwnIdentity('enrolment', caller.org, id)
    if (!found || !isAtSite(reachOf(caller), found.record.site)) return notFound(`enrolment ${id}`)
    const cancelled = cancelEnrolment(found.record, new Date().toISOString())
    if (!cancelled.ok) return cancelled
    if (await changeIdentity('enrolment', found, cancelled.value))
      return json(200, viewEnrolment(cancelled.value))
    return refuse('busy', `Code ${id} was used or cancelled just now; look at it and decide anew.`)
  },
}

/** It is shown to a phone that stands before it, so it need not survive wear. */
const ON_SCREEN = { quiet: 4, dark: '000000', light: 'ffffff' } as const

/** How many rounds a page may take before it is given short, with a cursor to go on from. */
const MAX_ROUNDS = 5

/** Those that still wait, at the sites that the caller sees. None that was made before yesterday can. */
async function pendingPage(
  caller: Caller,
  before: string | undefined,
  limit: number,
): Promise<{ readonly page: readonly Enrolment[]; readonly next?: string }> {
  const now = new Date()
  const since = new Date(now.getTime() - MAX_WAIT_SECONDS * 1000).toISOString()
  const page: Enrolment[] = []
  let position = before
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { found, next } = await readCodes(caller.org, { since, before: position, limit })
    for (const { record } of found) {
      if (!isPending(record, now.toISOString()) || !isAtSite(reachOf(caller), record.site)) continue
      page.push(record)
      if (page.length === limit) return { page, next: codeSk(record.madeAt, record.id) }
    }
    position = next
    if (position === undefined) return { page }
  }
  return { page, ...(position !== undefined && { next: position }) }
}

/** Five bits of each byte: every character is as likely as any other. */
const newCode = (): string =>
  [...randomBytes(CODE_LENGTH)].map((byte) => ID_ALPHABET.charAt(byte & 31)).join('')

/** A resend cannot be answered with what we do not keep. */
const shownOnce = (id: string): Refused =>
  refuse(
    'shown-once',
    `Enrolment ${id} was made by an earlier sending of this request, whose answer showed its code. If that answer is lost, cancel it and make another with a new Idempotency-Key.`,
  )

const viewEnrolment = ({ id, site, label, madeAt, madeBy, expiresAt, cancelledAt }: Enrolment) => ({
  id,
  siteId: site,
  label,
  madeAt,
  madeBy: { ...madeBy },
  expiresAt,
  ...(cancelledAt !== undefined && { cancelledAt }),
})
