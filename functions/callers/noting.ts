import { noteUse, type Stored } from '../adapters/identities.ts'

const NOTED_EVERY_MS = 5 * 60_000
const noted = new Map<string, number>()

/** Notes when a key or a device was used, to within five minutes: noting every use would be a write for each request. */
export async function noteUseNowAndThen<Kind extends 'key' | 'device'>(
  kind: Kind,
  { ref, lastUsedAt }: Stored<Kind>,
  now: string,
): Promise<void> {
  const last = noted.get(ref) ?? (lastUsedAt === undefined ? 0 : Date.parse(lastUsedAt))
  if (Date.parse(now) - last < NOTED_EVERY_MS) return
  noted.set(ref, Date.parse(now))
  await noteUse(kind, ref, now)
}
