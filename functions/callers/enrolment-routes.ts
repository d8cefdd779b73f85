import { randomBytes } from 'node:crypto'
import QRCode from 'qrcode'
import type { Enrolment } from '../../shared/domain/identity/enrolment.ts'
import { CODE_LENGTH, groupedCode, isPending } from '../../shared/domain/identity/enrolment.ts'
import { ID_ALPHABET } from '../../shared/domain/ids.ts'
import { refuse, type Refused } from '../../shared/domain/refusal.ts'
import { createIdentity, listIdentities } from '../adapters/identities.ts'
import { findSite } from '../commands/acting.ts'
import { identityId } from '../commands/command.ts'
import { json } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { publicUrl } from '../views/links.ts'
import { refOf } from './secrets.ts'

/** Codes that enrol a phone: made and shown once. */
export const enrolmentEndpoints = {
  makeEnrolment: async ({ body, caller, idempotencyKey }: Request<'makeEnrolment'>): Promise<Handled> => {
    const site = await findSite({ org: caller.org, sites: caller.sites ?? 'all' }, body.siteId)
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
    if ((await createIdentity('enrolment', refOf(code), enrolment)) === 'exists') return shownOnce(id)
    const link = `${publicUrl()}/collect/#enrol=${code}`
    const qrSvg = await QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 })
    return json(201, { ...viewEnrolment(enrolment), code: groupedCode(code), link, qrSvg })
  },

  listEnrolments: async ({ caller }: Request<'listEnrolments'>): Promise<Handled> => {
    const now = new Date().toISOString()
    const pending = (await listIdentities('enrolment', caller.org)).filter(({ record }) =>
      isPending(record, now),
    )
    return json(200, { items: pending.map(({ record }) => viewEnrolment(record)) })
  },
}

/** Five bits of each byte: every character is as likely as any other. */
const newCode = (): string =>
  [...randomBytes(CODE_LENGTH)].map((byte) => ID_ALPHABET.charAt(byte & 31)).join('')

/** A resend cannot be answered with what we do not keep. */
const shownOnce = (id: string): Refused =>
  refuse(
    'shown-once',
    `Enrolment ${id} was made by an earlier sending of this request, whose answer showed its code. If that answer is lost, make another with a new Idempotency-Key; this one expires by itself.`,
  )

const viewEnrolment = ({ id, site, label, madeAt, madeBy, expiresAt }: Enrolment) => ({
  id,
  siteId: site,
  label,
  madeAt,
  madeBy: { ...madeBy },
  expiresAt,
})
