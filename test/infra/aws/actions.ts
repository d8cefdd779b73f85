import type { FunctionSpec } from '../../../shared/contract/functions.ts'

const READ = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']

/** What a function may ask of the table, by what the function table says of it. */
export const TABLE_ACTIONS: Readonly<Record<FunctionSpec['table'], readonly string[]>> = {
  none: [],
  identify: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem'],
  public: ['dynamodb:GetItem'],
  resolve: ['dynamodb:GetItem', 'dynamodb:Query'],
  read: READ,
  append: [...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
  disclose: [...READ, 'dynamodb:PutItem'],
  erase: [...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
  project: ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  evidence: READ,
  log: ['dynamodb:GetItem', 'dynamodb:Query'],
  sequence: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
  audit: ['dynamodb:GetItem', 'dynamodb:Scan'],
}

/** The same of the log's files and keys. */
export const LOG_ACTIONS: Readonly<Record<NonNullable<FunctionSpec['log']>, readonly string[]>> = {
  read: ['s3:GetObject', 's3:ListBucket'],
  sign: [
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    's3:PutObjectTagging',
    's3:PutObjectRetention',
    'kms:Sign',
    'kms:GetPublicKey',
  ],
  keep: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:PutObjectTagging', 'kms:GetPublicKey'],
}

/** What each is told of the log. */
export const LOG_ENVIRONMENT: Readonly<Record<NonNullable<FunctionSpec['log']>, readonly string[]>> = {
  read: ['LOG_BUCKET'],
  sign: ['LOG_BUCKET', 'LOG_ORIGIN', 'LOG_KMS_KEYS', 'LOG_LOCK'],
  keep: ['LOG_BUCKET', 'LOG_ORIGIN', 'LOG_KMS_KEYS'],
}
