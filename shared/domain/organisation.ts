/** Who takes part. Roles say what a key may do (the route table has the rules); sites say where work happens. */
export const ROLES = ['operator', 'collector', 'station', 'recycler', 'brand', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** The languages that people are told things in. */
export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

export type LocalName = Readonly<Record<Language, string>>

export const SITE_KINDS = ['station', 'plant', 'factory'] as const

export interface Site {
  readonly id: string
  readonly kind: (typeof SITE_KINDS)[number]
  readonly name: LocalName
  readonly lat: number
  readonly lon: number
  /** From then on nothing new happens there; what lies there can still leave or be processed elsewhere. */
  readonly closedAt?: string
}

export interface Organisation {
  readonly id: string
  readonly name: LocalName
  readonly sites: readonly Site[]
  /** Whom the public may ask: an e-mail address or an https address. */
  readonly contact?: string
  /** Runs the deployment: its operators make other organisations, and suspend them. */
  readonly isHost?: true
  /** Since then nobody calls in its name. Its public passports stay. */
  readonly suspendedAt?: string
}

export function siteOf(organisation: Organisation, siteId: string): Site | undefined {
  return organisation.sites.find((site) => site.id === siteId)
}
