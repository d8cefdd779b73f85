import { App } from 'aws-cdk-lib'
import { describe, expect, it } from 'vitest'
import { pinnedOf } from '../../../infra/aws/stage.ts'

/** Whom the page's program trusts, as a deployment is told. */
const KEY = 'd111.cloudfront.net/log+258532d9+AYyQXbm8pF1Zf0h3VY7nQbYw4M2n'
const WITNESS = 'witness.example/w1+0a0b0c0d+BIyQXbm8pF1Zf0h3VY7nQbYw4M2n'

const pinned = (logKeys: unknown) => pinnedOf(new App({ context: { logKeys } }).node)

describe('the keys of the log', () => {
  it('are none before a stage was deployed once', () => {
    expect(pinnedOf(new App().node)).toBeUndefined()
  })

  it('come with the log’s origin, which is its key’s name, and with witnesses', () => {
    expect(pinned(`${KEY} ${WITNESS}`)).toEqual({ origin: 'd111.cloudfront.net/log', keys: [KEY, WITNESS] })
  })

  it.each(['', 'nonsense', `${KEY} nonsense`, 7, ['a']])('are refused where they are %j', (logKeys) => {
    expect(() => pinned(logKeys)).toThrow(/logKeys must be verifier keys/)
  })
})
