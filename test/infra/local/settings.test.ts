import { describe, expect, it } from 'vitest'
import { readSettings } from '../../../infra/local/settings.ts'

const DEFAULTS = {
  host: '127.0.0.1',
  port: 3000,
  dataDir: '.data',
  seed: 'demo',
  addressLimit: { perSecond: 100, burst: 1000 },
}

describe('settings', () => {
  it('have defaults for what is not set or is empty', () => {
    expect(readSettings({})).toEqual(DEFAULTS)
    const empty = { HOST: '', PORT: '', DATA_DIR: '', SEED: '', PUBLIC_URL: '', LOG_LEVEL: '' }
    expect(readSettings(empty)).toEqual(DEFAULTS)
  })

  it('are what the environment says', () => {
    const environment = { HOST: '0.0.0.0', PORT: '0', DATA_DIR: '/tmp/x', SEED: 'none', ADDRESS_LIMIT: '5/9' }
    expect(readSettings({ ...environment, PUBLIC_URL: 'https://plastic.example/' })).toEqual({
      host: '0.0.0.0',
      port: 0,
      dataDir: '/tmp/x',
      seed: 'none',
      publicUrl: 'https://plastic.example',
      addressLimit: { perSecond: 5, burst: 9 },
    })
  })

  it.each(['abc', '65536', '80.5', ' ', '0x10', '1e3', '-1', '000080', '３０００'])(
    'refuse PORT=%j with a sentence',
    (PORT) => {
      expect(() => readSettings({ PORT })).toThrow(
        `PORT is ${JSON.stringify(PORT)}; allowed is a whole number from 0 to 65535.`,
      )
    },
  )

  it.each([
    'not a url',
    '192.168.1.20:3000',
    'ftp://plastic.example',
    'http://plastic.example/shop',
    'http://plastic.example?x=1',
    'http://me:secret@plastic.example',
    '/b',
  ])('refuse PUBLIC_URL=%j with a sentence', (PUBLIC_URL) => {
    expect(() => readSettings({ PUBLIC_URL })).toThrow(
      `PUBLIC_URL is ${JSON.stringify(PUBLIC_URL)}; allowed is an http or https address without a path`,
    )
  })

  it.each(['CALLER_LIMIT', 'ADDRESS_LIMIT'])('refuse a %s that is none with a sentence', (name) => {
    expect(() => readSettings({ [name]: 'often' })).toThrow(`${name} is "often"; allowed is`)
  })

  it('refuse other words than those they know', () => {
    expect(() => readSettings({ SEED: 'lots' })).toThrow('SEED is "lots"; allowed are demo and none.')
    expect(() => readSettings({ LOG_LEVEL: 'loud' })).toThrow(
      'LOG_LEVEL is "loud"; allowed are info, warn and error.',
    )
  })
})
