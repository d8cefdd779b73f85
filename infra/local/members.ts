import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DEMO_PEOPLE } from './issuer/people.ts'
import { signInAs } from './issuer/signing-in.ts'
import { ISSUER_PATH } from './issuer/where.ts'
import { postJson, readJson, writeJson, type Credentials } from './seed.ts'

export interface MembersPlace {
  readonly dataDir: string
  readonly url: string
  readonly publicUrl: string
  readonly credentials: Credentials
}

/** The demo people that are members, and of which issuer: at another address it is another issuer, with other people. */
interface Kept {
  readonly issuer: string
  readonly members: readonly string[]
}

/**
 * Makes the demo people members of the demo co-op as any organisation makes its own: invited by the operator, accepted
 * by themselves. A start that was cut off in the middle goes on with whoever is no member yet.
 */
export async function seedMembers(place: MembersPlace): Promise<void> {
  const { dataDir, url, publicUrl, credentials } = place
  const file = join(dataDir, 'people.json')
  const issuer = publicUrl + ISSUER_PATH
  const kept = await readJson<Kept>(file)
  if (kept?.issuer === issuer) return
  const { operator } = credentials.keys
  for (const id of kept?.members ?? [])
    await postJson(`${url}/v1/members/${id}/remove`, operator, {}, randomUUID())
  const members: string[] = []
  for (const { subject, role, name } of DEMO_PEOPLE) {
    if (role === undefined) continue
    const { accessToken } = await signInAs(subject, url)
    if (await isMember(url, accessToken)) continue
    const invitation = { role, label: `${name.zh} · ${name.en}`, expiresInSeconds: 600 }
    const { code } = await postJson<{ code: string }>(
      `${url}/v1/invitations`,
      operator,
      invitation,
      randomUUID(),
    )
    const made = await postJson<{ id: string }>(
      `${url}/v1/invitations/accept`,
      accessToken,
      { code },
      randomUUID(),
    )
    members.push(made.id)
  }
  await writeJson(file, { issuer, members } satisfies Kept)
}

async function isMember(url: string, token: string): Promise<boolean> {
  const response = await fetch(`${url}/v1/organisation`, { headers: { authorization: `Bearer ${token}` } })
  await response.arrayBuffer()
  return response.ok
}
