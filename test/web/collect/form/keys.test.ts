import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNT, keyOf, KILOGRAMS, pressed, type Key, type Room } from '../../../../web/collect/form/keys.ts'
import { readKilograms, readPieces } from '../../../../web/collect/form/numbers.ts'

const KEYS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'back']
const typed = (keys: readonly string[], room: Room = KILOGRAMS): string =>
  keys.reduce((text, key) => pressed(text, keyOf(key === 'back' ? 'Backspace' : key) ?? 'back', room), '')

describe('the keypad', () => {
  it.each([
    ['12.5', '12.5'],
    ['.5', '0.5'],
    ['007', '7'],
    ['0.05', '0.05'],
    ['1..5', '1.5'],
    ['1.2345', '1.234'],
    ['1234567', '12345'],
  ])('writes %s as %s kilograms', (keys, text) => {
    expect(typed(keys.split(''))).toBe(text)
  })

  it.each([
    ['40', '40'],
    ['4.5', '45'],
    ['12345678', '1234567'],
  ])('writes %s as a count of %s', (keys, text) => {
    expect(typed(keys.split(''), COUNT)).toBe(text)
  })

  it('takes back one digit at a time, the decimal point like a digit', () => {
    expect(pressed('12.', 'back', KILOGRAMS)).toBe('12')
    expect(pressed('1', 'back', KILOGRAMS)).toBe('')
    expect(pressed('', 'back', KILOGRAMS)).toBe('')
  })

  it('goes on from what was pasted in other digits, and leaves what may mean two things for its reader', () => {
    expect(pressed('１２，', '5', KILOGRAMS)).toBe('12.5')
    expect(pressed('1,500', '5', KILOGRAMS)).toBe('1,500')
    expect(pressed('1,500', 'back', KILOGRAMS)).toBe('1,50')
  })

  it('reads every way in which a keyboard writes a digit, and nothing else', () => {
    expect(['7', '７', '.', ',', '。', 'Backspace'].map(keyOf)).toEqual(['7', '7', '.', '.', '.', 'back'])
    expect(['a', 'Enter', 'Tab', ' ', '-', '1e3', '12'].map(keyOf)).toEqual(Array(7).fill(undefined))
  })

  it('never writes what cannot become an amount, whatever is pressed', () => {
    const keys = fc.array(fc.constantFrom(...KEYS), { maxLength: 20 })
    fc.assert(
      fc.property(keys, (pressedKeys) => {
        expect(pressedKeys.reduce((text, key) => pressed(text, key, KILOGRAMS), '')).toMatch(
          /^(\d{1,5}(\.\d{0,3})?)?$/,
        )
        expect(pressedKeys.reduce((text, key) => pressed(text, key, COUNT), '')).toMatch(/^\d{0,7}$/)
      }),
    )
  })

  it('writes every amount that there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (grams) => {
        expect(readKilograms(typed(String(grams / 1000).split('')))).toBe(grams / 1000)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (pieces) => {
        expect(readPieces(typed(String(pieces).split(''), COUNT))).toBe(pieces)
      }),
    )
  })
})
