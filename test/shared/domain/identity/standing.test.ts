import { describe, expect, it } from 'vitest'
import {
  addSite,
  closeSite,
  MAX_SITES,
  refuseAtClosed,
  resume,
  suspend,
} from '../../../../shared/domain/identity/standing.ts'
import type { Organisation, Site } from '../../../../shared/domain/organisation.ts'
import { accepted, SITE } from '../scenario.ts'

const NOW = '2026-11-25T08:00:00.000Z'
const LATER = '2026-12-01T00:00:00.000Z'
const COOP: Organisation = { id: 'coop', name: { en: 'Co-op', zh: '合作社' }, sites: [SITE] }

describe('sites', () => {
  it('have an id of their own in the organisation, also where one of that id is closed', () => {
    const closed = accepted(closeSite(COOP, SITE.id, NOW))
    for (const organisation of [COOP, closed])
      expect(addSite(organisation, SITE)).toMatchObject({ ok: false, refusal: { code: 'id-taken' } })
    const more = accepted(addSite(closed, { ...SITE, id: 'huzhou' }))
    expect(more.sites.map(({ id, closedAt }) => [id, closedAt])).toEqual([
      ['dachen', NOW],
      ['huzhou', undefined],
    ])
  })

  it('are no more than can be read with every request', () => {
    const sites = Array.from({ length: MAX_SITES }, (_, index) => ({ ...SITE, id: `s${index}` }))
    expect(addSite({ ...COOP, sites }, SITE)).toMatchObject({
      ok: false,
      refusal: { code: 'record-too-large' },
    })
  })

  it('that are closed stay so from the first time on, and refuse what happens from then on alone', () => {
    const again = accepted(closeSite(accepted(closeSite(COOP, SITE.id, NOW)), SITE.id, LATER))
    const site: Site = again.sites[0] ?? SITE
    expect(site.closedAt).toBe(NOW)
    expect(refuseAtClosed(site, '2026-11-25T07:59:59.999Z', '/siteId')).toBeUndefined()
    expect(refuseAtClosed(site, NOW, '/siteId')?.refusal.code).toBe('site-closed')
    expect(refuseAtClosed(SITE, LATER, '/siteId')).toBeUndefined()
  })

  it('that are not there cannot be closed', () => {
    expect(closeSite(COOP, 'nowhere', NOW)).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
  })
})

describe('suspension', () => {
  it('is from the first time on, and leaves nothing behind when it is taken back', () => {
    const suspended = accepted(suspend(accepted(suspend(COOP, NOW)), LATER))
    expect(suspended.suspendedAt).toBe(NOW)
    expect(resume(suspended)).toEqual(COOP)
    expect(resume(COOP)).toEqual(COOP)
  })

  it('is not for the host', () => {
    const refused = suspend({ ...COOP, isHost: true }, NOW)
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'host-stays' } })
  })
})
