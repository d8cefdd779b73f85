import type { LocalName, Role } from '../../../shared/domain/organisation.ts'

/** Somebody who can sign in at the development issuer. All of them are made up. */
export interface DemoPerson {
  readonly subject: string
  /** As whom the demo co-op knows them; absent: it does not. */
  readonly role?: Role
  readonly name: LocalName
}

/** One for each role of the demo co-op, and one whom nobody has invited yet. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { subject: 'demo-operator', role: 'operator', name: { en: 'Operator', zh: '经营者' } },
  { subject: 'demo-collector', role: 'collector', name: { en: 'Collector', zh: '收集者' } },
  { subject: 'demo-station', role: 'station', name: { en: 'Station', zh: '回收站' } },
  { subject: 'demo-recycler', role: 'recycler', name: { en: 'Recycler', zh: '再生厂' } },
  { subject: 'demo-brand', role: 'brand', name: { en: 'Brand', zh: '品牌' } },
  { subject: 'demo-auditor', role: 'auditor', name: { en: 'Auditor', zh: '审计员' } },
  {
    subject: 'demo-newcomer',
    name: { en: 'Newcomer, in no organisation yet', zh: '新来者，尚未加入任何组织' },
  },
]

export const demoPerson = (subject: string): DemoPerson | undefined =>
  DEMO_PEOPLE.find((person) => person.subject === subject)
