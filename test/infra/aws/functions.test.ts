import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { functionNames } from '../../../infra/aws/assets.ts'
import { bundleFunction } from '../../../infra/bundle.ts'
import { NEVER_LOADED } from '../../../infra/lean.ts'
import { FUNCTIONS, type FunctionName, type FunctionSpec } from '../../../shared/contract/functions.ts'
import { LOG_ACTIONS, LOG_ENVIRONMENT, TABLE_ACTIONS } from './actions.ts'
import { importsOf } from './imports.ts'
import { resourcesOf, synthesise, type Synthesis } from './synth.ts'

const NAMES = functionNames()
const readsLog = ({ log }: FunctionSpec): boolean => log === 'read'
const PHOTO_ACTIONS = { put: 's3:PutObject', get: 's3:GetObject', delete: 's3:DeleteObject' } as const
const STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
]

/** Every function is bundled, which takes a busy machine more than a minute. */
const BUNDLING_MS = 240_000

let synthesis: Synthesis
beforeAll(async () => {
  synthesis = await synthesise('prod', 'built')
}, BUNDLING_MS)
afterAll(async () => synthesis?.remove())

describe('every function', () => {
  it.each(NAMES)('%s runs on nodejs24.x and arm64, with 512 MB or what the table gives it', (name) => {
    expect(functionOf(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: memoryOf(FUNCTIONS[name]),
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
    const { table, photos, trigger, log }: FunctionSpec = FUNCTIONS[name]
    const expected = ['LOG_LEVEL', 'PUBLIC_URL', 'STAGE']
    if (trigger === 'authorizer')
      expected.push('OIDC_AUDIENCE', 'OIDC_AUDIENCE_CLAIM', 'OIDC_ISSUER', 'OIDC_JWKS_URI')
    if (name === 'contract')
      expected.push(
        'OIDC_CLIENT_ID',
        'OIDC_ISSUER',
        ...['AUTHORIZATION', 'TOKEN', 'END_SESSION'].map((at) => `OIDC_${at}_ENDPOINT`),
      )
    if (table !== 'none') expected.push('TABLE_NAME')
    if (photos !== 'none') expected.push('PHOTO_BUCKET')
    if (log) expected.push(...LOG_ENVIRONMENT[log])
    expect(Object.keys(functionOf(name).Environment.Variables).sort()).toEqual(expected.sort())
  })
})

describe('permissions', () => {
  it.each(NAMES)('of %s are those of the function table, action by action', (name) => {
    const { table, index, photos, trigger, log }: FunctionSpec = FUNCTIONS[name]
    const expected = ['logs:CreateLogStream', 'logs:PutLogEvents', ...TABLE_ACTIONS[table]]
    if (index !== undefined) expected.push('dynamodb:Query')
    if (photos !== 'none') expected.push(PHOTO_ACTIONS[photos])
    if (log) expected.push(...LOG_ACTIONS[log])
    if (trigger === 'stream')
      expected.push(...STREAM, 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage')
    expect(new Set(actionsOf(name))).toEqual(new Set(expected))
  })

  it.each(['scan', 'codes', 'labels'] as const)(
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

  it('let proof, which anybody can call, read the texts of events and the log, and nothing that is sealed', () => {
    const [events, log, ...others] = statementsOn('dynamodb:', 'proof')
    expect(others).toEqual([])
    expect(events).toMatchObject({
      Action: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['B#*', 'R#*', 'S#*'] },
        StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    })
    const attributes = events?.Condition['ForAllValues:StringEquals']['dynamodb:Attributes']
    expect(attributes).not.toContain('sealed')
    expect(attributes).toEqual(['pk', 'sk', 'gsi1pk', 'gsi1sk', 'event', 'hash', 'at', 'version', 'head'])
    expect(log).toMatchObject({
      Action: 'dynamodb:GetItem',
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['Y#*'] } },
    })
  })

  it('let the resolver, which anybody can call, read which lot has which GTIN and nothing else', () => {
    expect(statementsOn('dynamodb:', 'resolver')).toMatchObject([
      {
        Action: ['dynamodb:GetItem', 'dynamodb:Query'],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['L#*'] } },
      },
    ])
  })

  it('let who finds out who is calling read and note that alone, and who signs photo links nothing', () => {
    expect(statementsOn('dynamodb:', 'photos')).toEqual([])
    expect(statementsOn('dynamodb:', 'authorizer')).toMatchObject([
      {
        Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['K#*', 'D#*', 'M#*'] } },
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
      {
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['U#*'] } },
      },
    ])
  })

  it.each([
    ['sites', 'bySite'],
    ['people', 'byPerson'],
    ['people', 'byWeigher'],
  ] as const)('open the index of %s, %s, to nobody but who lists by it', (of, index) => {
    const listing = NAMES.filter((name) =>
      statementsOn('dynamodb:', name).some(({ Resource }) =>
        JSON.stringify(Resource).includes(`/index/${index}`),
      ),
    )
    expect(listing).toEqual(NAMES.filter((name) => indexOf(FUNCTIONS[name]) === of))
  })

  it('let who shows what is sealed write nothing but who was shown it', () => {
    const writing = statementsOn('dynamodb:', 'privacy').filter(({ Action }) =>
      [Action].flat().includes('dynamodb:PutItem'),
    )
    expect(writing).toMatchObject([
      {
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['A#*'] } },
      },
    ])
  })

  it('let who erases change no event and no hash: only what opens commitments, and its own history', () => {
    const keys = (...prefixes: string[]) => ({ 'dynamodb:LeadingKeys': prefixes })
    const writing = statementsOn('dynamodb:', 'erasure').filter(({ Condition }) => Condition !== undefined)
    expect(writing).toEqual([
      expect.objectContaining({
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringLike': keys('X#*') },
      }),
      expect.objectContaining({
        Action: 'dynamodb:UpdateItem',
        Condition: {
          'ForAllValues:StringLike': keys('B#*', 'S#*', 'X#*', 'I#*', 'F#*'),
          'ForAllValues:StringEquals': {
            'dynamodb:Attributes': [
              'pk',
              'sk',
              'sealed',
              'requestHash',
              'gsi2pk',
              'gsi2sk',
              'gsi3pk',
              'gsi3sk',
              'uses',
            ],
          },
          StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
        },
      }),
      expect.objectContaining({
        Action: 'dynamodb:UpdateItem',
        Condition: {
          'ForAllValues:StringLike': keys('D#*', 'E#*', 'M#*', 'N#*'),
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'record', 'revision'] },
          StringEqualsIfExists: { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
        },
      }),
      expect.objectContaining({
        Action: 'dynamodb:DeleteItem',
        Condition: { 'ForAllValues:StringLike': keys('F#*') },
      }),
    ])
  })

  it('give the contract no way to the table', () => {
    expect(actionsOf('contract').filter((action) => action.startsWith('dynamodb:'))).toEqual([])
  })

  it('hold for named resources only; the patterns are where photos, tiles and checkpoints lie', () => {
    const patterns = resourcesOf(synthesis.template.service, 'AWS::IAM::Policy')
      .filter(({ id }) => !id.startsWith('site'))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement)
      .flatMap(({ Resource }): unknown[] => [Resource].flat())
      .map((resource) => JSON.stringify(resource))
      .filter((resource) => resource.includes('*'))
    const ends = patterns.map((resource) => /"\/(\w+)\/\*"/.exec(resource)?.[1] ?? resource)
    const photos = NAMES.filter((name) => FUNCTIONS[name].photos !== 'none').map(() => 'photos')
    const log = [
      ...NAMES.filter((name) => readsLog(FUNCTIONS[name])).map(() => 'tile'),
      'tile',
      'checkpoint',
      'tile',
      'monitor',
    ]
    expect(ends.toSorted(inAlphabet)).toEqual([...photos, ...log].toSorted(inAlphabet))
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
      (module) => process.getBuiltinModule(module) === undefined && !NEVER_LOADED.includes(module),
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

  it('of labels brings its type, and prints from where it lies', async () => {
    const module: { handler?: unknown } = await import(pathOf('labels'))
    const fonts = join(pathOf('labels'), '../node_modules/@fontsource/noto-sans-sc')
    const files = await readdir(join(fonts, 'files'))
    expect(typeof module.handler).toBe('function')
    expect(files.length).toBeGreaterThan(90)
    expect(files.filter((file) => !file.endsWith('-500-normal.woff'))).toEqual([])
    expect(await readdir(fonts)).toEqual(['LICENSE', 'files', 'package.json', 'unicode.json'])
  })

  it('are the same, byte for byte, wherever they are built', async () => {
    const folder = join(synthesis.outDir, '..', 'elsewhere', 'deeper')
    await bundleFunction('scan', folder)
    expect(await digestOf(join(folder, 'index.mjs'))).toBe(await digestOf(pathOf('scan')))
  })
})

const inAlphabet = (a: string, b: string): number => (a < b ? -1 : 1)
const memoryOf = ({ memoryMb = 512 }: FunctionSpec): number => memoryMb
const indexOf = ({ index }: FunctionSpec): FunctionSpec['index'] => index

function functionOf(name: FunctionName) {
  const found = resourcesOf(synthesis.template.service, 'AWS::Lambda::Function').find(
    ({ properties }) => properties.Description === `Tidemark: ${FUNCTIONS[name].does}`,
  )
  if (!found) throw new Error(`no function ${name} in the template`)
  return found.properties
}

/** A policy's statements, of no type, as CDK reads them back. */
const statementsOn = (service: string, name: FunctionName) =>
  policiesOf(name)
    .flatMap(({ properties }) => properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith(service)))

const actionsOf = (name: FunctionName): string[] => policiesOf(name).flatMap(actionsIn)

function policiesOf(name: FunctionName) {
  const roleId: string = functionOf(name).Role['Fn::GetAtt'][0]
  return resourcesOf(synthesis.template.service, 'AWS::IAM::Policy').filter(({ properties }) =>
    properties.Roles.some((role: { Ref: string }) => role.Ref === roleId),
  )
}

const actionsIn = ({ properties }: ReturnType<typeof resourcesOf>[number]): string[] =>
  properties.PolicyDocument.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action)
