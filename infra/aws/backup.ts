import { Duration, RemovalPolicy, Validations, type Stack } from 'aws-cdk-lib'
import {
  BackupPlan,
  BackupPlanRule,
  BackupResource,
  BackupSelection,
  BackupVault,
} from 'aws-cdk-lib/aws-backup'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { Schedule } from 'aws-cdk-lib/aws-events'
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'

/** Sundays for five weeks, and the first of each month for a year, where it is cheaper from the second week on. */
const WEEKLY = { kept: Duration.days(35) }
const MONTHLY = { kept: Duration.days(400), coldAfter: Duration.days(8) }

/** Nobody, the account's owner included, deletes a copy before that. */
const LOCKED = Duration.days(35)

/**
 * Copies of the table in a vault. Its own recovery reaches back 35 days, to any second, but lives and ends with the table
 * and with who may change the table; these are for when that is what went wrong. Photos and the log's files are not copied:
 * their buckets keep versions and locks, and twice as many of them would cost more than all the rest.
 */
export function backUp(scope: Stack, table: TableV2): BackupSelection {
  const encryptionKey = new Key(scope, 'BackupKey', {
    description: 'Tidemark: copies of the table',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  const vault = new BackupVault(scope, 'Backups', {
    encryptionKey,
    lockConfiguration: { minRetention: LOCKED },
    removalPolicy: RemovalPolicy.RETAIN,
  })
  const plan = new BackupPlan(scope, 'BackupPlan', { backupVault: vault })
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'weekly',
      scheduleExpression: Schedule.cron({ weekDay: 'SUN', hour: '17', minute: '0' }),
      deleteAfter: WEEKLY.kept,
    }),
  )
  plan.addRule(
    new BackupPlanRule({
      ruleName: 'monthly',
      scheduleExpression: Schedule.cron({ day: '1', hour: '18', minute: '0' }),
      moveToColdStorageAfter: MONTHLY.coldAfter,
      deleteAfter: MONTHLY.kept,
    }),
  )
  return new BackupSelection(scope, 'Backed', {
    backupPlan: plan,
    resources: [BackupResource.fromArn(table.tableArn)],
    role: roleOf(scope),
    disableDefaultBackupPolicy: true,
  })
}

const POLICY = 'service-role/AWSBackupServiceRolePolicyForBackup'

function roleOf(scope: Construct): Role {
  const role = new Role(scope, 'BackupRole', {
    assumedBy: new ServicePrincipal('backup.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(POLICY)],
  })
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${POLICY}]`,
    reason: 'AWS wrote this policy for exactly this and keeps it up; only AWS Backup can take the role.',
  })
  return role
}
