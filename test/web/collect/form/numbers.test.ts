import { describe, expect, it } from 'vitest'
import { pickupBody } from '../../../../shared/contract/requests/pickups.ts'
import {
  plainNumber,
  readBags,
  readKilograms,
  readPieces,
  readTare,
} from '../../../../web/collect/form/numbers.ts'

describe('kilograms as people type them', () => {
  it.each([
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['１２．５', 12.5],
    ['１２，５', 12.5],
    ['12。5', 12.5],
    [' 0.001 ', 0.001],
    ['.5', 0.5],
    ['7.', 7],
    ['007', 7],
    ['10000', 10_000],
    ['4.35', 4.35],
    ['1 000', 1000],
    ['1.500', 1.5],
    ['0,500', 0.5],
    ['1500,5', 1500.5],
  ])('reads %j as %d', (text, kg) => {
    expect(readKilograms(text)).toBe(kg)
  })

  it.each([
    '',
    ' ',
    '.',
    '0',
    '0.000',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '12.3456',
    '1.2.3',
    '1,000.5',
    '1,500',
    '12,500',
    '１，５００',
    '10000.001',
  ])('does not read %j', (text) => {
    expect(readKilograms(text)).toBeUndefined()
  })

  it.each(['12.5斤', 'NaN', 'Infinity', '99999999999999999999', '１２．３４５６'])(
    'does not read %j',
    (text) => {
      expect(readKilograms(text)).toBeUndefined()
    },
  )

  it('accepts nothing that the contract would refuse', () => {
    for (const text of ['0.001', '1.005', '4.35', '9999.999', '10000']) {
      const massKg = readKilograms(text)
      expect(pickupBody.safeParse({ siteId: 'dachen', form: 'net', massKg }).success).toBe(true)
    }
  })
})

describe('pieces', () => {
  it.each([
    ['40', 40],
    ['４０', 40],
    ['1000000', 1_000_000],
  ])('reads %j as %d', (text, pieces) => {
    expect(readPieces(text)).toBe(pieces)
  })

  it.each(['0', '1.5', '-3', '1000001', '12345678', 'abc'])('does not read %j', (text) => {
    expect(readPieces(text)).toBeUndefined()
  })
})

it('reads a tare of nothing, and otherwise as kilograms', () => {
  expect(['0', '0.0', '1.8', '', '-1', '10001'].map(readTare)).toEqual([
    0,
    0,
    1.8,
    undefined,
    undefined,
    undefined,
  ])
})

it('reads as many bags as the contract takes', () => {
  expect(['1', '10000', '10001', '0', '1.5'].map(readBags)).toEqual([
    1,
    10_000,
    undefined,
    undefined,
    undefined,
  ])
  const only = (bags: number) => pickupBody.safeParse({ siteId: 'dachen', form: 'net', bags }).success
  expect([only(10_000), only(10_001)]).toEqual([true, false])
})

it('shows a number back in plain digits', () => {
  expect(plainNumber(' １２，５ ')).toBe('12.5')
})
