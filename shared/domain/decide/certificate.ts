import type { UnlinkedEvent } from '../events/event.ts'
import type { CertificateFacts } from '../events/registry.ts'
import { accept, refuse, type Decision } from '../refusal.ts'
import { envelopeOf, type Actor } from './actor.ts'

/** A certificate that an organisation has been given, with its scope. */
export interface RegisterCertificate {
  readonly certificate: string
  readonly facts: CertificateFacts
  /** Sites that the organisation has. */
  readonly knownSites: readonly string[]
}

export function registerCertificate(
  { certificate, facts, knownSites }: RegisterCertificate,
  actor: Actor,
): Decision<UnlinkedEvent[]> {
  if (facts.validTo < facts.validFrom) {
    const detail = `The certificate would end on ${facts.validTo}, before it begins on ${facts.validFrom}.`
    return refuse('invalid-request', detail, '/validTo')
  }
  const unknown = facts.sites.findIndex((site) => !knownSites.includes(site))
  if (unknown >= 0) {
    const detail = `Your organisation has no site ${facts.sites[unknown]}; it has: ${knownSites.join(', ')}.`
    return refuse('unknown-site', detail, `/sites/${unknown}`)
  }
  const [site = ''] = facts.sites
  return accept([
    {
      ...envelopeOf(certificate, 1, { site, occurredAt: actor.now }, actor),
      type: 'CertificateRegistered',
      data: { certificate, ...facts },
    },
  ])
}
