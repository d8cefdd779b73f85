import { Duration, type Environment } from 'aws-cdk-lib'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Node } from 'constructs'
import type { Pinned } from '../verifier.ts'
import { alertsIn, domainIn, throttleIn, type Alerts, type Domain, type Throttle } from './context.ts'

/** What differs between the deployments of one account. Everything not named here is the same in all of them. */
export interface Stage {
  readonly name: string
  /** Data outlives its stack, and neither can be deleted by one wrong command. */
  readonly keepsData: boolean
  /** Puts a firewall before the CDN, which costs more a month than all the rest when idle. */
  readonly hasFirewall: boolean
  /** What is logged about requests is thrown away after this; visitors' addresses are among it. */
  readonly logRetention: RetentionDays
  readonly accessLogRetention: Duration
  /**
   * What the API takes in all: a bound on cost, not a promise of capacity. A region gives an account 10,000 a second and
   * bursts of 5,000 for all its APIs, unless it asks for more.
   */
  readonly throttle: Throttle
  /** Holds back concurrency for some functions. An account that is new has ten in all, too few for that. */
  readonly reservesConcurrency: boolean
  /** Whether a release takes a tenth of the calls first, and goes back by itself when it does harm. */
  readonly hasCanary: boolean
  /** Copies of the table beside its own recovery, which ends after 35 days and with the table. */
  readonly hasBackups: boolean
  readonly alerts: Alerts
  /** An address of one's own; without it CloudFront's. */
  readonly domain: Domain | undefined
}

type Fixed = Omit<Stage, 'alerts' | 'domain'>

const STAGES = {
  dev: {
    name: 'dev',
    keepsData: false,
    hasFirewall: false,
    logRetention: RetentionDays.ONE_WEEK,
    accessLogRetention: Duration.days(7),
    throttle: { rateLimit: 50, burstLimit: 100 },
    reservesConcurrency: false,
    hasCanary: false,
    hasBackups: false,
  },
  prod: {
    name: 'prod',
    keepsData: true,
    hasFirewall: true,
    logRetention: RetentionDays.THREE_MONTHS,
    accessLogRetention: Duration.days(90),
    throttle: { rateLimit: 3000, burstLimit: 5000 },
    reservesConcurrency: true,
    hasCanary: true,
    hasBackups: true,
  },
} as const satisfies Record<string, Fixed>

/** An account, if one is known, and a region. */
export type Place = Environment & { readonly region: string }

/**
 * Where a deployment goes: as the CDK's tool finds it in the environment. Offline it finds no account; then templates
 * are made that any account can take.
 */
export function placeOf(): Place {
  const { CDK_DEFAULT_ACCOUNT: account, CDK_DEFAULT_REGION: region = FIREWALL_REGION } = process.env
  return { region, ...(account !== undefined && { account }) }
}

/** The one region that takes firewalls of a CDN. */
export const FIREWALL_REGION = 'us-east-1'

/**
 * Whom the page's program that checks stories trusts, as `--context logKeys=…` or cdk.json says: verifier keys, separated by
 * spaces, the log's own first, which is named by its origin. A stage is deployed once without, as its key is made then.
 */
export function pinnedOf(node: Node): Pinned | undefined {
  const said: unknown = node.tryGetContext('logKeys')
  if (said === undefined) return undefined
  const keys = typeof said === 'string' ? said.split(' ').filter((key) => key !== '') : []
  const [origin = ''] = keys[0]?.split('+') ?? []
  if (keys.every((key) => KEY.test(key)) && origin !== '') return { origin, keys }
  throw new Error(`logKeys must be verifier keys, separated by spaces: got ${JSON.stringify(said)}`)
}

/** As C2SP's signed-note writes them. */
const KEY = /^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/

/** The stage that `--context stage=…` names, `dev` where it names none, as the rest of the context changes it. */
export function stageOf(node: Node): Stage {
  const name: unknown = node.tryGetContext('stage') ?? 'dev'
  if (name === 'dev' || name === 'prod') {
    const fixed: Fixed = STAGES[name]
    return {
      ...fixed,
      throttle: throttleIn(node) ?? fixed.throttle,
      alerts: alertsIn(node),
      domain: domainIn(node),
    }
  }
  throw new Error(`unknown stage: got '${String(name)}', expected one of ${Object.keys(STAGES).join(', ')}`)
}
