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
  audit: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
}
