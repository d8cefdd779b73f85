import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceList } from '../../shared/contract/answers/devices.ts'
import { madeInvitationView, memberList } from '../../shared/contract/answers/people.ts'
import { exportPage } from '../../shared/contract/answers/privacy.ts'
import { signInAs } from '../../infra/local/issuer/signing-in.ts'
import { jsonOf } from '../client.ts'
import { deviceToken, enrolledPhone, newEnrolment } from '../enrolled.ts'
import { startInProcess, type InProcess } from '../in-process.ts'
import { wholeTable } from '../table.ts'
import { heldIn, newPerson } from './held.ts'

/** What an organisation calls somebody whose phone it enrolled or whom it made a member, on the real engine. */
let here: InProcess
beforeAll(async () => {
  here = await startInProcess()
})
afterAll(async () => {
  await here?.end()
})

const { keys, theirs, pickup, erased, sendExport } = heldIn(() => here)

/** Whether anything in the table says it, in the entries of this organisation or whatever else. */
const tableTells = async (secret: string): Promise<boolean> =>
  JSON.stringify(await wholeTable()).includes(secret)

async function invited(label: string): Promise<string> {
  const body = { role: 'station', label }
  const made = await here.client.post('/v1/invitations', keys().operator, body)
  return madeInvitationView.parse(jsonOf(made)).code
}

describe('an erasure', () => {
  it('takes the name off phones and members, who go on as they are', async () => {
    const person = newPerson()
    const phone = await enrolledPhone(here.client, keys().station, { label: person.toUpperCase() })
    await newEnrolment(here.client, keys().station, { label: person })
    const token = (await signInAs('demo-newcomer', here.runtime.url)).accessToken
    jsonOf(await here.client.post('/v1/invitations/accept', token, { code: await invited(person) }))
    await invited(person)
    await pickup({ collector: person })
    const { entries, removed } = await erased(person)
    expect({ entries, removed }).toEqual({ entries: 1, removed: { collector: 1, label: 6 } })
    for (const written of [person, person.toUpperCase()]) expect(await tableTells(written)).toBe(false)
    const devices = deviceList.parse(jsonOf(await here.client.get('/v1/devices', { key: keys().station })))
    expect(devices.items.find(({ id }) => id === phone.device.id)).toMatchObject({
      label: '—',
      status: 'active',
    })
    const members = memberList.parse(jsonOf(await here.client.get('/v1/members', { key: keys().operator })))
    expect(members.items.map(({ label, status }) => [label, status])).toEqual([['—', 'active']])
    const key = await deviceToken(phone, here.client.url)
    expect((await here.client.get('/v1/devices/me', { key })).status).toBe(200)
  })

  it('reaches them where no entry ever named anybody, and no other name or organisation', async () => {
    const person = newPerson()
    const spared = await enrolledPhone(here.client, keys().station, { label: `${person} junior` })
    const site = { siteId: 'shenjiamen' }
    await enrolledPhone(here.client, theirs().station, { ...site, label: person })
    await enrolledPhone(here.client, keys().station, { label: person })
    expect((await erased(person)).removed).toEqual({ label: 2 })
    const listed = async (key: string): Promise<string> =>
      (await here.client.get('/v1/devices', { key })).text
    expect(await listed(keys().station)).toContain(`"${spared.device.label}"`)
    expect(await listed(theirs().station)).toContain(`"${person}"`)
  })
})

it('an export has what somebody is called by, on its first page alone', async () => {
  const person = newPerson()
  const { device } = await enrolledPhone(here.client, keys().station, { label: person })
  for (let n = 0; n < 2; n++) await pickup({ collector: person })
  const first = exportPage.parse(jsonOf(await sendExport(person, { limit: 1 })))
  expect(first.labels).toMatchObject([
    { kind: 'device', id: device.id, label: person },
    { kind: 'enrolment', label: person },
  ])
  const second = exportPage.parse(jsonOf(await sendExport(person, { limit: 1, cursor: first.next })))
  expect(second).not.toHaveProperty('labels')
})
