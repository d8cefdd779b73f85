import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { Verifier } from '../../web/trace/page.ts'
import { FUNCTIONS, type FunctionName, type FunctionSpec } from '../../shared/contract/functions.ts'
import type { Data } from './data.ts'
import { grantLog, grantPhotos, grantTable, LOG_OBJECTS, PHOTO_OBJECTS } from './grants.ts'
import { logGroupOf } from './logs.ts'
import { acknowledgeObjects } from './nag.ts'
import type { Stage } from './stage.ts'

export interface FunctionProps {
  readonly stage: Stage
  /** Folder with the bundle, `index.mjs`. */
  readonly bundle: string
  readonly data: Data
  /** Where the world finds us, as QR codes print it. */
  readonly publicUrl: string
  /** The program that the public page offers, if there is one. */
  readonly verifier?: Verifier | undefined
  /** What the log is called. */
  readonly logOrigin: string
}

/**
 * 512 MB, of which about 80 are used: what is bought is CPU, which Lambda gives by memory. The SDK costs some 100 ms of
 * CPU before the first request, and a request waits on DynamoDB for most of its time, so less memory makes cold starts
 * slow and more makes warm requests dear.
 */
const MEMORY_MB = 512

/** Callers give up on a phone long before the API's own 30 s; the projector has a whole batch to work through. */
const TIMEOUT = {
  http: Duration.seconds(10),
  stream: Duration.seconds(60),
  authorizer: Duration.seconds(5),
  schedule: Duration.minutes(15),
} as const

/** Named, so that the runbook's commands, alarms and dashboard find it without asking the stack. */
export const functionNameOf = (stage: Stage, name: FunctionName): string => `tidemark-${stage.name}-${name}`

/**
 * A function of the function table, with the permissions that the table gives it and no other. Its role is made here
 * because the one CDK would make may write to every log group of the account.
 */
export function functionOf(scope: Construct, name: FunctionName, props: FunctionProps): LambdaFunction {
  const { stage, bundle, data, publicUrl, verifier } = props
  const spec: FunctionSpec = FUNCTIONS[name]
  const logGroup = logGroupOf(scope, `${name}-logs`, `/tidemark/${stage.name}/${name}`, stage)
  const role = new Role(scope, `${name}-role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
  logGroup.grantWrite(role)
  grantTable(role, spec, data.table)
  grantPhotos(role, spec.photos, data.photos)
  if (spec.photos !== 'none')
    acknowledgeObjects(
      role,
      data.photos,
      PHOTO_OBJECTS,
      'A photo is named after its hash, which nobody knows before it is taken.',
    )
  if (spec.log) letToLog(role, spec.log, data)
  return new LambdaFunction(scope, name, {
    functionName: functionNameOf(stage, name),
    description: `Tidemark: ${spec.does}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(bundle),
    handler: 'index.handler',
    memorySize: spec.memoryMb ?? MEMORY_MB,
    timeout: TIMEOUT[spec.trigger],
    ...(stage.reservesConcurrency &&
      spec.atOnce !== undefined && { reservedConcurrentExecutions: spec.atOnce }),
    // Rolling back leads the alias to an earlier version, so those must stay.
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    logGroup,
    role,
    environment: {
      STAGE: stage.name,
      PUBLIC_URL: publicUrl,
      LOG_LEVEL: 'info',
      ...(spec.table !== 'none' && { TABLE_NAME: data.table.tableName }),
      ...(spec.photos !== 'none' && { PHOTO_BUCKET: data.photos.bucketName }),
      ...(spec.log && logEnvironment(spec.log, props)),
      ...(spec.trigger === 'authorizer' && data.people.issuer),
      ...(name === 'contract' && data.people.signIn),
      ...(name === 'scan' && verifier && { VERIFIER: JSON.stringify(verifier) }),
    },
  })
}

function letToLog(role: Role, access: NonNullable<FunctionSpec['log']>, { evidence }: Data): void {
  for (const part of grantLog(role, access, evidence))
    acknowledgeObjects(
      role,
      evidence.bucket,
      LOG_OBJECTS[part],
      'Tiles and checkpoints are named by the size of a log that grows.',
    )
}

/**
 * The log is named after the address, and by that name for good: whoever gives the deployment another address must leave
 * the name as it is, or it is another log.
 */
function logEnvironment(
  access: NonNullable<FunctionSpec['log']>,
  { stage, data: { evidence }, logOrigin }: FunctionProps,
): Record<string, string> {
  const files = { LOG_BUCKET: evidence.bucket.bucketName }
  if (access === 'read') return files
  return {
    ...files,
    LOG_ORIGIN: logOrigin,
    LOG_KMS_KEYS: evidence.signing.map(({ keyArn }) => keyArn).join(','),
    // Nobody at all, the account's owner included, shortens a lock of this kind.
    ...(access === 'sign' && { LOG_LOCK: stage.keepsData ? 'COMPLIANCE' : 'GOVERNANCE' }),
  }
}
