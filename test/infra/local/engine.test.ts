import { expect, it } from 'vitest'
import { enginePath } from '../../../infra/local/engine.ts'

it.each([
  ['darwin', 'arm64'],
  ['win32', 'x64'],
  ['linux', 'riscv64'],
])(
  'says on %s-%s what there is instead of an engine for it, and names no package that does not exist',
  (platform, arch) => {
    expect(() => enginePath(platform, arch)).toThrow(
      `this is ${platform}-${arch}. Start any DynamoDB, such as DynamoDB Local, and name its address in DYNAMODB_ENDPOINT.`,
    )
  },
)
