import type { DomainEvent } from '../events/event.ts'
import type { CertificateFacts } from '../events/registry.ts'

/** A certificate of an organisation. One that was registered by mistake is withdrawn by a correction. */
export interface Certificate extends CertificateFacts {
  readonly kind: 'certificate'
  readonly id: string
  readonly org: string
  readonly withdrawnAt?: string
  readonly recordedAt: string
  readonly version: number
  readonly head: string
}

export function evolveCertificate(
  certificate: Certificate | undefined,
  event: DomainEvent,
  hash: string,
): Certificate | undefined {
  const moved = applyToCertificate(certificate, event)
  return moved && { ...moved, version: (certificate?.version ?? 0) + 1, head: hash }
}

function applyToCertificate(
  certificate: Certificate | undefined,
  event: DomainEvent,
): Certificate | undefined {
  if (event.type === 'EventCorrected') {
    return certificate && { ...certificate, withdrawnAt: event.occurredAt }
  }
  if (event.type !== 'CertificateRegistered') return certificate
  const { certificate: id, ...facts } = event.data
  return {
    kind: 'certificate',
    id,
    org: event.org,
    ...facts,
    recordedAt: event.recordedAt,
    version: 0,
    head: '',
  }
}
