import { build } from 'esbuild'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { functionNames } from '../../../infra/aws/assets.ts'
import { bundleFunction } from '../../../infra/bundle.ts'
import { FUNCTIONS, type FunctionName, type FunctionSpec } from '../../../shared/contract/functions.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

const NAMES = functionNames()
const READ = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query']
const TABLE_ACTIONS: Readonly<Record<FunctionSpec['table'], readonly string[]>> = {
  none: [],
  identify: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  public: ['dynamodb:GetItem'],
  read: READ,
  append: [...READ, 'dynamodb:PutItem'],
  project: ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
}
const STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
]

let synthesis: Synthesis
beforeAll(async () => {
  synthesis = await synthesise('prod', 'built')
})
afterAll(async () => synthesis.remove())

describe('every function', () => {
  it.each(NAMES)('%s runs on nodejs24.x and arm64 with 512 MB', (name) => {
    expect(functionOf(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Handler: 'index.handler',
    })
  })

  it.each(NAMES)('%s writes to a log group of its own, which forgets after 90 days', (name) => {
    const logGroupId: string = functionOf(name).LoggingConfig.LogGroup.Ref
    const group = resourcesOf(synthesis.template.service, 'AWS::Logs::LogGroup').find(
      ({ id }) => id === logGroupId,
    )
    expect(group?.properties).toMatchObject({ LogGroupName: `/tidemark/prod/${name}`, RetentionInDays: 90 })
  })

  it.each(NAMES)('%s is told what it needs and nothing it may not touch', (name) => {
    const { table, photos }: FunctionSpec = FUNCTIONS[name]
    const expected = ['LOG_LEVEL', 'PUBLIC_URL', 'STAGE']
    if (table !== 'none') expected.push('TABLE_NAME')
    if (photos !== 'none') expected.push('PHOTO_BUCKET')
    expect(Object.keys(functionOf(name).Environment.Variables).sort()).toEqual(expected.sort())
  })
})

describe('permissions', () => {
  it.each(NAMES)('of %s are those of the function table, action by action', (name) => {
    const { table, photos, trigger }: FunctionSpec = FUNCTIONS[name]
    const expected = ['logs:CreateLogStream', 'logs:PutLogEvents']
    expected.push(...TABLE_ACTIONS[table])
    if (photos === 'put') expected.push('s3:PutObject')
    if (trigger === 'stream')
      expected.push(...STREAM, 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage')
    expect(new Set(actionsOf(name))).toEqual(new Set(expected))
  })

  it.each(['scan', 'codes'] as const)(
    'let %s, which anybody can call, read single items of batches and nothing that is sealed',
    (name) => {
      const statements = statementsOn('dynamodb:', name)
      expect(statements).toHaveLength(1)
      expect(statements[0]).toMatchObject({
        Action: 'dynamodb:GetItem',
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['B#*'] },
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': expect.any(Array) },
          StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      })
      const attributes = statements[0]?.Condition['ForAllValues:StringEquals']['dynamodb:Attributes']
      expect(attributes).toEqual(['pk', 'sk', 'gsi1pk', 'gsi1sk', 'passport', 'revision'])
    },
  )

  it('let who finds out who is calling read and note that alone, and who signs photo links nothing', () => {
    expect(statementsOn('dynamodb:', 'photos')).toEqual([])
    expect(statementsOn('dynamodb:', 'authorizer')).toMatchObject([
      {
        Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['K#*'] } },
      },
      {
        Action: 'dynamodb:GetItem',
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['O#*'] },
          'ForAllValues:StringEquals': {
            'dynamodb:Attributes': ['pk', 'sk', 'gsi1pk', 'gsi1sk', 'suspendedAt'],
          },
        },
      },
    ])
  })

  it('open the index to nobody but who lists', () => {
    const listing = NAMES.filter((name) =>
      statementsOn('dynamodb:', name).some(({ Resource }) => JSON.stringify(Resource).includes('/index/')),
    )
    expect(listing).toEqual(NAMES.filter((name) => 'index' in FUNCTIONS[name]))
  })

  it('give the contract no way to the table', () => {
    expect(actionsOf('contract').filter((action) => action.startsWith('dynamodb:'))).toEqual([])
  })

  it('hold for named resources only; the one pattern is where photos may be put', () => {
    const patterns = resourcesOf(synthesis.template.service, 'AWS::IAM::Policy')
      .filter(({ id }) => !id.startsWith('site'))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .map(({ Resource }) => JSON.stringify(Resource))
      .filter((resource) => resource.includes('*'))
    expect(patterns).toEqual([expect.stringContaining('"/photos/*"')])
  })

  it('name no action by a pattern, the deployment of the site included', () => {
    const actions = resourcesOf(synthesis.template.service, 'AWS::IAM::Policy').flatMap(actionsIn)
    expect(actions.filter((action) => action.includes('*'))).toEqual([])
  })
})

describe('bundles', () => {
  /** Bundles are compared by their hash: half a megabyte of difference helps nobody. */
  const digestOf = async (path: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex')

  const pathOf = (name: FunctionName): string =>
    join(synthesis.outDir, `asset.${functionOf(name).Code.S3Key.replace('.zip', '')}`, 'index.mjs')

  it.each(NAMES)('of %s brings all it imports, the SDK too, except what Node has', async (name) => {
    const outside = (await importsOf(pathOf(name))).filter(
      (module) => process.getBuiltinModule(module) === undefined,
    )
    expect(outside).toEqual([])
  })

  it.each(NAMES.filter((name) => FUNCTIONS[name].table !== 'none'))(
    'of %s holds the DynamoDB client',
    async (name) => {
      expect(await readFile(pathOf(name), 'utf8')).toContain('DynamoDB_20120810')
    },
  )

  it.each(NAMES)('of %s loads and exports its handler', async (name) => {
    const module: { handler?: unknown } = await import(pathOf(name))
    expect(typeof module.handler).toBe('function')
  })

  it('are the same, byte for byte, wherever they are built', async () => {
    const folder = join(synthesis.outDir, '..', 'elsewhere', 'deeper')
    await bundleFunction('scan', folder)
    expect(await digestOf(join(folder, 'index.mjs'))).toBe(await digestOf(pathOf('scan')))
  })
})

describe('the stream', () => {
  it('feeds the projector with changed batches, halves what fails and keeps what cannot be helped', () => {
    const [mapping, ...others] = resourcesOf(synthesis.template.service, 'AWS::Lambda::EventSourceMapping')
    expect(others).toEqual([])
    expect(mapping?.properties).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    })
    const [filter] = mapping?.properties.FilterCriteria.Filters ?? []
    expect(JSON.parse(filter.Pattern)).toEqual({
      dynamodb: { Keys: { pk: { S: [{ prefix: 'B#' }] }, sk: { S: ['STATE'] } } },
    })
  })
})

/** What a module imports from outside itself, as a parser sees it: the SDK's messages speak of imports too. */
async function importsOf(path: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    metafile: true,
    write: false,
  })
  return Object.values(metafile.inputs).flatMap(({ imports }) => imports.map((found) => found.path))
}

function functionOf(name: FunctionName) {
  const found = resourcesOf(synthesis.template.service, 'AWS::Lambda::Function').find(
    ({ properties }) => properties.Description === `Tidemark: ${FUNCTIONS[name].does}`,
  )
  if (!found) throw new Error(`no function ${name} in the template`)
  return found.properties
}

/** A policy's statements, of no type, as CDK reads them back. */
function statementsOn(service: string, name: FunctionName) {
  const roleId: string = functionOf(name).Role['Fn::GetAtt'][0]
  return resourcesOf(synthesis.template.service, 'AWS::IAM::Policy')
    .filter(({ properties }) => properties.Roles.some((role: { Ref: string }) => role.Ref === roleId))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith(service)))
}

function actionsOf(name: FunctionName): string[] {
  const roleId: string = functionOf(name).Role['Fn::GetAtt'][0]
  return resourcesOf(synthesis.template.service, 'AWS::IAM::Policy')
    .filter(({ properties }) => properties.Roles.some((role: { Ref: string }) => role.Ref === roleId))
    .flatMap(actionsIn)
}

const actionsIn = ({ properties }: ReturnType<typeof resourcesOf>[number]): string[] =>
  properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action)
