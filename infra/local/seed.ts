import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '../whole-file.ts'
import { newSecret } from '../../functions/callers/keys.ts'
import type { Role } from '../../shared/domain/organisation.ts'
import { sowOrganisation } from '../sowing.ts'
import {
  CERTIFICATE,
  CLEANING,
  DEMO_ORGANISATION,
  INSPECTION,
  OTHER_ORGANISATION,
  PELLETIZING,
  PICKUPS,
  PRODUCT,
  SORTING,
  TO_CLEANING,
  TO_MOULDING,
  TO_SORTING,
} from './story.ts'

/** Organisations, their keys, and the demo story, made at the first start and found again at the next. */
export type Keys = Readonly<Record<Role, string>>

export interface Credentials {
  readonly organisation: string
  readonly keys: Keys
  readonly other: { readonly organisation: string; readonly keys: Keys }
}

/** The operator's key comes first; the others are made with it. */
type SownKeys = Partial<Keys> & Pick<Keys, 'operator'>

/** What is in the data folder once both organisations are sown, before and after their other keys are made. */
interface Kept {
  readonly organisation: string
  readonly keys: SownKeys
  readonly other: { readonly organisation: string; readonly keys: SownKeys }
}

const credentialsFile = (dataDir: string): string => join(dataDir, 'credentials.json')

/** Sows both organisations, each with the first key of its operator. The keys stand in a file that only its owner reads. */
export async function sowOrganisations(dataDir: string): Promise<void> {
  const kept = (await readJson<Kept>(credentialsFile(dataDir))) ?? {
    organisation: DEMO_ORGANISATION.id,
    keys: { operator: newSecret('operator') },
    other: { organisation: OTHER_ORGANISATION.id, keys: { operator: newSecret('operator') } },
  }
  await writeJson(credentialsFile(dataDir), kept)
  await sowOrganisation(DEMO_ORGANISATION, kept.keys.operator)
  await sowOrganisation(OTHER_ORGANISATION, kept.other.keys.operator, DEMO_ORGANISATION.id)
}

/** Makes a key for every other role through the API, unless the data folder has them. */
export async function makeKeys(dataDir: string, baseUrl: string): Promise<Credentials> {
  const file = credentialsFile(dataDir)
  const kept = await readJson<Kept>(file)
  if (!kept) throw new Error(`${file} is gone; start again.`)
  const keys = await allKeys(baseUrl, kept.keys)
  const other = { ...kept.other, keys: await allKeys(baseUrl, kept.other.keys) }
  const credentials = { ...kept, keys, other }
  await writeJson(file, credentials)
  return credentials
}

async function allKeys(baseUrl: string, { operator, ...kept }: SownKeys): Promise<Keys> {
  const key = async (role: Exclude<Role, 'operator'>): Promise<string> => {
    const known = kept[role]
    if (known !== undefined) return known
    const body = { name: `Demo ${role}`, role }
    const made = await postJson<{ secret: string }>(`${baseUrl}/v1/keys`, operator, body, randomUUID())
    return made.secret
  }
  return {
    operator,
    collector: await key('collector'),
    station: await key('station'),
    recycler: await key('recycler'),
    brand: await key('brand'),
    auditor: await key('auditor'),
  }
}

/** A code for one phone, good for a day, as the link that a station would show. */
export async function makeEnrolmentLink(baseUrl: string, stationKey: string): Promise<string> {
  const [site] = DEMO_ORGANISATION.sites
  if (!site) throw new Error('the demo organisation has no site')
  const body = { siteId: site.id, label: 'Demo phone', expiresInSeconds: 86_400 }
  const url = `${baseUrl}/v1/enrolments`
  const { link } = await postJson<{ link: string }>(url, stationKey, body, randomUUID())
  return link
}

/** What the demo story left behind, for whoever wants to look at it. */
export interface Story {
  readonly pickup: string
  readonly pellets: string
  readonly product: string
}

interface Charge {
  readonly batchId: string
  readonly massKg: number
  readonly transport: object
}

interface Made {
  readonly id: string
}

/**
 * Tells the demo story through the API, as its people would. Every request has a fixed Idempotency-Key, so a start
 * that was cut off in the middle is simply told again, and a finished one is not told twice.
 */
export async function seedStory(dataDir: string, baseUrl: string, keys: Keys): Promise<Story> {
  const file = join(dataDir, 'story.json')
  const told = await readJson<Story>(file)
  if (told) return told
  const post = <T>(path: string, key: string, body: object): Promise<T> =>
    postJson<T>(baseUrl + path, key, body)

  await post('/v1/certificates', keys.operator, CERTIFICATE)
  const charges: Charge[] = []
  for (const { at, lat, lon, ...pickup } of PICKUPS) {
    const position = { lat, lon, accuracyM: 12 }
    const body = { ...pickup, polymer: 'HDPE', moisturePct: 9, occurredAt: at, position }
    const { id } = await post<Made>('/v1/pickups', keys.station, body)
    charges.push({ batchId: id, massKg: pickup.massKg, transport: TO_SORTING[pickup.siteId] })
  }
  const sorted = await runOf(post, keys, { ...SORTING, charges })
  const washed = [{ batchId: sorted, massKg: 427.7, transport: TO_CLEANING }]
  const cleaned = await runOf(post, keys, { ...CLEANING, charges: washed })
  const pellets = await runOf(post, keys, { ...PELLETIZING, charges: [{ batchId: cleaned, massKg: 321 }] })
  await post(`/v1/batches/${pellets}/inspections`, keys.recycler, INSPECTION)
  const { pelletsKg, ...product } = PRODUCT
  const made = await post<Made>('/v1/products', keys.brand, {
    ...product,
    charges: [{ batchId: pellets, massKg: pelletsKg, transport: TO_MOULDING }],
  })
  const story = { pickup: charges[0]?.batchId ?? '', pellets, product: made.id }
  await writeJson(file, story)
  return story
}

type Post = <T>(path: string, key: string, body: object) => Promise<T>

async function runOf(post: Post, keys: Keys, body: object): Promise<string> {
  const { outputs } = await post<{ outputs: Made[] }>('/v1/runs', keys.recycler, body)
  const [first] = outputs
  if (!first) throw new Error('a run of the demo story made nothing')
  return first.id
}

export async function postJson<T>(
  url: string,
  key: string,
  body: object,
  idempotencyKey = uuidOf(`demo story ${JSON.stringify(body)}`),
): Promise<T> {
  const text = JSON.stringify(body)
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': idempotencyKey,
    },
    body: text,
  })
  const answer = await response.text()
  if (!response.ok) throw new Error(`seeding was refused at ${url}: ${answer}`)
  const value: T = JSON.parse(answer)
  return value
}

/** A UUID (version 8, custom) from a text: the same text always gives the same one. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export async function readJson<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    const value: T = JSON.parse(text)
    return value
  } catch (error) {
    throw new Error(`${file} is damaged; mend it, or remove it to have it made anew. ${String(error)}`, {
      cause: error,
    })
  }
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeWhole(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
}
