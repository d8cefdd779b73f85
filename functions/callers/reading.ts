import { ORGANISATION_HEADER } from '../../shared/contract/route.ts'
import type { Caller } from '../../shared/domain/identity/caller.ts'
import { depthFrom } from '../../shared/domain/identity/grant.ts'
import { auditorOf, type DepthOf, type Reader } from '../../shared/domain/identity/reach.ts'
import { accept, refuse, type Decision } from '../../shared/domain/refusal.ts'
import { findReceived } from '../adapters/grants.ts'
import { notFound } from '../http/answers.ts'
import type { Handled } from '../http/http.ts'

interface Reading {
  readonly caller: Caller
  readonly header: (name: string) => string | undefined
}

/**
 * In whose place a request reads: its own organisation's, or as an auditor the one that the header names, where that
 * granted it. One that did not, or not any more, is answered as one that is not there.
 */
async function readerOf({ caller, header }: Reading): Promise<Decision<Reader>> {
  const org = header(ORGANISATION_HEADER) ?? caller.org
  if (org === caller.org) return accept({ org, sites: 'all' })
  if (caller.role !== 'auditor') {
    const detail = `You call in the role ${caller.role}; only auditors read in another organisation's place.`
    return refuse('role-not-allowed', detail)
  }
  const reader = auditorOf(org, await findReceived(caller.org), new Date().toISOString())
  return reader ? accept(reader) : notFound(`organisation ${org}`)
}

/** An endpoint that reads in the place of an organisation, told in whose and how much of it is seen. */
export const reading =
  <Asked extends Reading>(endpoint: (request: Asked, reader: Reader) => Promise<Handled>) =>
  async (request: Asked): Promise<Handled> => {
    const reader = await readerOf(request)
    return reader.ok ? endpoint(request, reader.value) : reader
  }

/** How deep others let an organisation see. Read only where a lineage leads to them. */
export async function depthsFor(org: string): Promise<DepthOf> {
  const received = await findReceived(org)
  return (giver) => depthFrom(received, giver)
}
