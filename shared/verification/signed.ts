import { verifyEvidence } from '../ledger/evidence.ts'
import type { VerifySigned } from './verify.ts'

/**
 * Every signed entry that belongs to a pickup of the lineage must be good. Whose key it is the service says, not the key.
 * A file of its own, as the page is never given any.
 */
export const verifySigned: VerifySigned = async (signed, { events }) => {
  const pickups = new Map(
    events.flatMap(({ event, hash }) =>
      event.type === 'PickupRecorded' && event.data.sealed['entry'] !== undefined ? [[hash, event]] : [],
    ),
  )
  const given = new Set<string>()
  for (const { event: hash, opening, key } of signed) {
    const event = pickups.get(hash)
    if (!event) continue
    const why = await evidenceFault(() => verifyEvidence(event, opening, key))
    if (why !== undefined)
      return { ok: false, fault: { code: 'wrong-signature', event: event.id, hash, why } }
    given.add(hash)
  }
  return { ok: true, value: { said: pickups.size, given: given.size } }
}

async function evidenceFault(verify: () => ReturnType<typeof verifyEvidence>): Promise<string | undefined> {
  try {
    const verified = await verify()
    return verified.ok ? undefined : verified.why
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'it cannot be read'
  }
}
