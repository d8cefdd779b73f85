import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { logOrigin } from '../../functions/adapters/log-signer.ts'
import type { DomainEvent } from '../../shared/domain/events/event.ts'
import { ED25519, verifierKey } from '../../shared/ledger/verifier-key.ts'
import { evidenceOf, partsOf, printed } from '../shared/verification/evidence.ts'
import type { Signer } from '../shared/ledger/signers.ts'
import { eventsIn, wholeTable } from '../table.ts'
import { verifying } from './verifying.ts'

/**
 * What a reader sees where whoever keeps the log lies: a whole history is made up, every hash is right, and the log's own key
 * has signed it. What is left to find is that the events do not follow from each other.
 */
const { here, product, page, open, verified, alerted } = verifying()

/** The key of the running log. */
async function itsKey(): Promise<Signer> {
  const pem = await readFile(join(here().dataDir, 'log-keys', '1.pem'), 'utf8')
  const privateKey = createPrivateKey(pem)
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const key = await verifierKey(logOrigin(), ED25519, new Uint8Array(spki.subarray(-32)))
  if (!key.ok) throw new Error(key.why)
  return { key: key.value, sign: async (message) => new Uint8Array(sign(null, message, privateKey)) }
}

/** Sends the story as somebody tells it anew, linked, logged and signed. */
async function forge(tell: (events: DomainEvent[]) => DomainEvent[]): Promise<void> {
  const events = tell(eventsIn(await wholeTable()).map(({ event }) => event))
  const body = printed(await partsOf(await evidenceOf(events, await itsKey()), product()))
  await page().route('**/proof*', (route) => route.fulfill({ contentType: 'application/jsonl', body }))
}

/** Changes the last event of a type, on which no other draws: so the story can still be told. */
const changed =
  (type: DomainEvent['type'], change: (text: string) => string) =>
  (events: DomainEvent[]): DomainEvent[] => {
    const at = events.findLastIndex((event) => event.type === type)
    return events.map((event, index): DomainEvent =>
      index === at ? JSON.parse(change(JSON.stringify(event))) : event,
    )
  }

describe('a history that was made up and signed', () => {
  it('is told as it is where nothing was changed', async () => {
    await forge((events) => events)
    await open()
    expect(await verified()).toContain('The story holds.')
  })

  it('is found where the shares of a lot do not follow from what went into it', async () => {
    await forge(
      changed('RunClosed', (text) => {
        const event: { data: { outputs: { origins: { grams: number }[] }[] } } = JSON.parse(text)
        const [first, second] = event.data.outputs[0]?.origins ?? []
        if (!first || !second) throw new Error('the lot is of several places')
        first.grams += 1000
        second.grams -= 1000
        return JSON.stringify(event)
      }),
    )
    await open()
    await verified()
    expect(await alerted()).toContain('Shares or other figures do not follow from the records before.')
    expect(await alerted()).toContain('shares-do-not-follow')
  })

  it('is found where a run gave more than it took', async () => {
    await forge(
      changed('RunClosed', (text) =>
        text.replace(/"massGrams":(\d+)/, (_, grams) => `"massGrams":${grams}0`),
      ),
    )
    await open()
    await verified()
    expect(await alerted()).toContain('do not')
  })

  it('is found where two records are in another order', async () => {
    await forge((events) => {
      const at = events.findIndex(({ type }) => type === 'RunClosed')
      const [closed, charged] = [events[at], events[at - 1]]
      if (!closed || !charged) throw new Error('a run is charged before it is closed')
      return [...events.slice(0, at - 1), closed, charged, ...events.slice(at + 1)]
    })
    await open()
    await verified()
    expect(await alerted()).toContain('cannot be confirmed')
  })
})
