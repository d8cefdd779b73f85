import { Duration } from 'aws-cdk-lib'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Node } from 'constructs'

/** What differs between the deployments of one account. Everything not named here is the same in all of them. */
export interface Stage {
  readonly name: string
  /** Data outlives its stack, and neither can be deleted by one wrong command. */
  readonly keepsData: boolean
  /** What is logged about requests is thrown away after this; visitors' addresses are among it. */
  readonly logRetention: RetentionDays
  readonly accessLogRetention: Duration
  /** Requests per second that the API takes in all: a bound on cost, not a promise of capacity. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number }
}

const STAGES = {
  dev: {
    name: 'dev',
    keepsData: false,
    logRetention: RetentionDays.ONE_WEEK,
    accessLogRetention: Duration.days(7),
    throttle: { rateLimit: 50, burstLimit: 100 },
  },
  prod: {
    name: 'prod',
    keepsData: true,
    logRetention: RetentionDays.THREE_MONTHS,
    accessLogRetention: Duration.days(90),
    throttle: { rateLimit: 500, burstLimit: 1000 },
  },
} as const satisfies Record<string, Stage>

/** The stage that `--context stage=…` names; `dev` where it names none. */
export function stageOf(node: Node): Stage {
  const name: unknown = node.tryGetContext('stage') ?? 'dev'
  if (name === 'dev' || name === 'prod') return STAGES[name]
  throw new Error(`unknown stage: got '${String(name)}', expected one of ${Object.keys(STAGES).join(', ')}`)
}
