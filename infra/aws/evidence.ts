import { Duration, type RemovalPolicy } from 'aws-cdk-lib'
import { Key, KeySpec, KeyUsage, type IKey } from 'aws-cdk-lib/aws-kms'
import type { IBucket } from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { privateBucket } from './bucket.ts'
import type { Stage } from './stage.ts'

/** What makes the log evidence: its files, and the keys that sign it. */
export interface Evidence {
  readonly bucket: IBucket
  /** Those that sign now. */
  readonly signing: readonly IKey[]
}

/**
 * The keys that sign the log, by their constructs. To rotate, add one with the next number: both sign from then on, and
 * whoever verifies by the old one still can. When everybody knows the new one, say of the old one that it does not sign any
 * more; what it has signed stays verifiable, for its public half is remembered in the table, and with all who pinned it.
 */
const KEYS = [{ id: 'LogKey1', signs: true }] as const

interface EvidenceProps {
  readonly stage: Stage
  readonly accessLogs: IBucket
  readonly removalPolicy: RemovalPolicy
}

export function evidenceOf(scope: Construct, props: EvidenceProps): Evidence {
  const keys = KEYS.map(({ id, signs }) => ({ key: signingKey(scope, id, props), signs }))
  return {
    bucket: logBucketOf(scope, props),
    signing: keys.flatMap(({ key, signs }) => (signs ? [key] : [])),
  }
}

/** Ed25519: its private half never leaves KMS. */
function signingKey(scope: Construct, id: string, { stage, removalPolicy }: EvidenceProps): IKey {
  const key: unknown = new Key(scope, id, {
    description: `Tidemark ${stage.name}: signs the log of all events`,
    keySpec: KeySpec.ECC_NIST_EDWARDS25519,
    keyUsage: KeyUsage.SIGN_VERIFY,
    removalPolicy,
  })
  if (!isKey(key)) throw new Error(`a key was made at '${id}' that is none`)
  return key
}

/** As with buckets: see bucket.ts. */
const isKey = (made: unknown): made is IKey => made instanceof Key

/**
 * Whole tiles and checkpoints are locked as they are put (functions/adapters/log-objects.ts), each for its own time; nothing
 * locks partial tiles, of which each is needed until a wider one is there. Those of the log's edge the monitor puts again
 * every day, so that what has lain here for a year is needed by nobody.
 */
function logBucketOf(scope: Construct, { accessLogs, removalPolicy }: EvidenceProps): IBucket {
  return privateBucket(scope, 'Log', {
    versioned: true,
    objectLockEnabled: true,
    lifecycleRules: [
      {
        tagFilters: { partial: 'true' },
        expiration: Duration.days(365),
        noncurrentVersionExpiration: Duration.days(1),
      },
    ],
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 'log/',
    removalPolicy,
  })
}
