import { describe, expect, it } from 'vitest'
import {
  auditedSites,
  depthFrom,
  revokeGrant,
  statusOfGrant,
  USUAL_DEPTH,
  type AuditGrant,
  type LineageGrant,
} from '../../../../shared/domain/identity/grant.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const LATER = '2026-12-01T00:00:00.000Z'
const given = { org: 'coop', to: 'plant', madeBy: { kind: 'key', id: 'K0' } } as const
const AUDIT: AuditGrant = { ...given, id: 'G1', kind: 'audit', until: LATER, madeAt: NOW }
const LINEAGE: LineageGrant = { ...given, id: 'G2', kind: 'lineage', depth: 4, madeAt: NOW }

describe('a grant', () => {
  it('for auditors is good until the instant that it names, and one of lineage until it is revoked', () => {
    expect(statusOfGrant(AUDIT, '2026-11-30T23:59:59.999Z')).toBe('active')
    expect(statusOfGrant(AUDIT, LATER)).toBe('expired')
    expect(statusOfGrant(LINEAGE, '2099-01-01T00:00:00.000Z')).toBe('active')
  })

  it('that was revoked stays so, from the first time on, whatever it was before', () => {
    const revoked = revokeGrant(revokeGrant(AUDIT, NOW), LATER)
    expect(revoked.revokedAt).toBe(NOW)
    expect(statusOfGrant(revoked, LATER)).toBe('revoked')
  })
})

describe('how deep a partner sees', () => {
  it('is as the latest grant says that stands, also where that is less', () => {
    const less: LineageGrant = { ...LINEAGE, id: 'G3', depth: 0, madeAt: LATER }
    expect(depthFrom([LINEAGE], 'coop')).toBe(4)
    expect(depthFrom([LINEAGE, less], 'coop')).toBe(0)
    expect(depthFrom([less, LINEAGE], 'coop')).toBe(0)
    expect(depthFrom([LINEAGE, revokeGrant(less, LATER)], 'coop')).toBe(4)
  })

  it('is as usual where nothing stands, and for whatever others granted', () => {
    expect(depthFrom([], 'coop')).toBe(USUAL_DEPTH)
    expect(depthFrom([LINEAGE, AUDIT], 'harbour')).toBe(USUAL_DEPTH)
    expect(depthFrom([revokeGrant(LINEAGE, NOW), AUDIT], 'coop')).toBe(USUAL_DEPTH)
  })
})

describe('what auditors may read', () => {
  it('is all sites, or those of all the grants that stand together', () => {
    const at = (...sites: string[]): AuditGrant => ({ ...AUDIT, sites })
    expect(auditedSites([at('dachen'), at('huzhou', 'dachen')], 'coop', NOW)).toEqual(['dachen', 'huzhou'])
    expect(auditedSites([at('dachen'), AUDIT], 'coop', NOW)).toBe('all')
  })

  it('is nothing once the grants are over, nor by a grant of lineage or of others', () => {
    expect(auditedSites([AUDIT], 'coop', LATER)).toEqual([])
    expect(auditedSites([revokeGrant(AUDIT, NOW), LINEAGE], 'coop', NOW)).toEqual([])
    expect(auditedSites([AUDIT], 'harbour', NOW)).toEqual([])
  })
})
