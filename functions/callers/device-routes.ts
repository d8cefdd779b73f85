import type * as z from 'zod/mini'
import type { deviceView, ownDeviceView } from '../../shared/contract/answers/devices.ts'
import { refusalOfIssues } from '../../shared/contract/problem.ts'
import { proofPayload } from '../../shared/contract/requests/devices.ts'
import { callerOfDevice, revokeDevice, type Device } from '../../shared/domain/identity/device.ts'
import {
  enrol,
  PROOF_TYP,
  refuseProof,
  UNKNOWN_CODE,
  type Proof,
} from '../../shared/domain/identity/enrolment.ts'
import { isAtSite } from '../../shared/domain/identity/reach.ts'
import { accept, refuse, type Decision, type Refused, type Refusal } from '../../shared/domain/refusal.ts'
import { isPublicKey, isSignedBy, parseJws, thumbprintOf, type PublicKey } from '../../shared/ledger/jws.ts'
import { changeIdentity, findIdentity, findOwnIdentity, type Stored } from '../adapters/identities.ts'
import { pauseBeforeRetry } from '../adapters/pause.ts'
import { findOrganisation } from '../adapters/registry.ts'
import { changedRecord, newRecord, putTogether } from '../adapters/together.ts'
import { findSite } from '../commands/acting.ts'
import { identityId } from '../commands/command.ts'
import { created, json, notFound } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'
import type { Request } from '../http/request.ts'
import { audience, forgetDevice, jsonIn } from './devices.ts'
import { countGuesses } from './guesses.ts'
import { answerPage } from './listing.ts'
import { refOf } from './secrets.ts'
import { reachOf } from './sites.ts'
import { refuseSuspended } from './suspension.ts'

const guesses = countGuesses({ most: 20, windowSeconds: 60 })

/** Collectors' devices: enrolled with a code, listed, revoked. */
export const deviceEndpoints = {
  enrolDevice: async ({ body, source }: Request<'enrolDevice'>): Promise<Handled> => {
    const blocked = guesses.blockedSeconds(source, Date.now())
    if (blocked !== undefined) return tooManyGuesses(blocked)
    const proven = await refuseUnproven(body)
    if (proven) return proven
    const enrolled = await useCode(body.code, body.publicKey)
    if (!enrolled) {
      guesses.wrong(source, Date.now())
      return UNKNOWN_CODE
    }
    if (!enrolled.ok) return enrolled
    const { device, replayed } = enrolled.value
    const view = await viewOwn(device)
    return view.ok ? created({ answer: JSON.stringify(view.value), replayed }) : view
  },

  readOwnDevice: async ({ caller }: Request<'readOwnDevice'>): Promise<Handled> => {
    const found = caller.by.kind === 'device' ? await findIdentity('device', caller.by.id) : undefined
    if (!found) return refuse('not-found', 'You call with a key, which is no device.')
    const view = await viewOwn(found.record)
    return view.ok ? json(200, view.value) : view
  },

  listDevices: ({ caller, query }: Request<'listDevices'>): Promise<Handled> => {
    const shows = ({ site }: Device): boolean => isAtSite(reachOf(caller), site)
    return answerPage({ kind: 'device', org: caller.org, query, shows }, viewDevice)
  },

  revokeDevice: async ({ path, caller }: Request<'revokeDevice'>): Promise<Handled> => {
    const id = path['id'] ?? ''
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const found = await findOwnIdentity('device', caller.org, id)
      if (!found || !isAtSite(reachOf(caller), found.record.site)) return notFound(`device ${id}`)
      const record = revokeDevice(found.record, new Date().toISOString())
      if (await changeIdentity('device', found, record)) {
        await forgetDevice(found.ref)
        return json(200, viewDevice({ ...found, record }))
      }
      await pauseBeforeRetry(attempt)
    }
    return refuse('busy', `Device ${id} is being changed by others; send the same request again.`)
  },
}

const TRIES = 6

const tooManyGuesses = (retryAfterSeconds: number): { refusal: Refusal } => ({
  refusal: {
    ...refuse('too-many-requests', 'Too many wrong codes came from there. Please wait a minute.').refusal,
    retryAfterSeconds,
  },
})

/** Whether the phone has the key that it registers, for this code, here and now. */
async function refuseUnproven({
  code,
  publicKey,
  proof,
}: Request<'enrolDevice'>['body']): Promise<Refused | undefined> {
  if (!(await isPublicKey(publicKey)))
    return refuse('invalid-request', 'publicKey is no point of the curve P-256.', '/publicKey')
  const jws = parseJws(proof, PROOF_TYP)
  if (!jws.ok) return jws
  if (jws.value.kid !== (await thumbprintOf(publicKey)) || !(await isSignedBy(jws.value, publicKey)))
    return refuse('unauthenticated', 'The proof is not signed by the given publicKey.', '/proof')
  const payload = proofIn(jsonIn(jws.value))
  if (!payload.ok) return payload
  const expected = { aud: audience(), codeSha256: refOf(code) }
  return refuseProof(payload.value, expected, new Date().toISOString())
}

function proofIn(value: unknown): Decision<Proof> {
  const parsed = proofPayload.safeParse(value)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, refusal: refusalOfIssues(parsed.error.issues, value, 'signed text') }
}

interface Enrolled {
  readonly device: Device
  readonly replayed: boolean
}

/** Uses a code, in one transaction; whoever comes second meets it used. Undefined where there is no such code. */
async function useCode(code: string, publicKey: PublicKey): Promise<Decision<Enrolled> | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = await findIdentity('enrolment', refOf(code))
    if (!found) return undefined
    const suspended = await refuseSuspended(found.record.org)
    if (suspended) return suspended
    const key = { org: found.record.org, route: 'enrolDevice', idempotencyKey: found.ref }
    const id = await identityId('device', { ...key, target: await thumbprintOf(publicKey) })
    const enrolled = enrol(found.record, { id, publicKey, now: new Date().toISOString() })
    if (!enrolled.ok) return enrolled
    if (enrolled.value.is === 'again') return knownAgain(enrolled.value.device)
    const { device, used } = enrolled.value
    const puts = [changedRecord('enrolment', found, used), ...newRecord('device', device.id, device)]
    if (await putTogether(puts)) return accept({ device, replayed: false })
    await pauseBeforeRetry(attempt)
  }
  return refuse('busy', 'Others are using this code just now; send the same request again.')
}

async function knownAgain(id: string): Promise<Decision<Enrolled>> {
  const found = await findIdentity('device', id)
  if (!found) throw new Error(`the device ${id} of a used code is not there`)
  const caller = callerOfDevice(found.record)
  return caller.ok ? accept({ device: found.record, replayed: true }) : caller
}

/** What a phone shows of itself. */
async function viewOwn(device: Device): Promise<Decision<z.output<typeof ownDeviceView>>> {
  const [organisation, site] = await Promise.all([
    findOrganisation(device.org),
    findSite(device.org, device.site),
  ])
  if (!site.ok) return site
  if (!organisation) throw new Error(`the organisation ${device.org} of a device is not there`)
  const { id, kind, name, lat, lon } = site.value
  return accept({
    id: device.id,
    label: device.label,
    status: 'active',
    organisation: { id: organisation.id, name: { ...organisation.name } },
    site: { id, kind, name: { ...name }, lat, lon },
    serverTime: new Date().toISOString(),
  })
}

function viewDevice({ record, lastUsedAt }: Stored<'device'>): z.output<typeof deviceView> {
  const { id, site, label, publicKey, madeAt, madeBy, revokedAt } = record
  return {
    id,
    siteId: site,
    label,
    status: revokedAt === undefined ? 'active' : 'revoked',
    publicKey: { ...publicKey },
    madeAt,
    madeBy: { ...madeBy },
    ...(revokedAt !== undefined && { revokedAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  }
}
