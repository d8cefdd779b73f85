import { isAmbiguous, plainNumber } from './numbers.ts'

/** What a key of the keypad does to an amount. Pure. */
const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'back'] as const
export type Key = (typeof KEYS)[number]

export function isKey(value: unknown): value is Key {
  return KEYS.some((key) => key === value)
}

/** The key that a hardware keyboard means, whatever its layout calls its decimal mark. */
export function keyOf(typed: string): Key | undefined {
  if (typed === 'Backspace') return 'back'
  const plain = plainNumber(typed)
  return isKey(plain) ? plain : undefined
}

/** How many digits an amount may have: what is beyond is not taken, so that no amount is refused for its length. */
export interface Room {
  readonly whole: number
  readonly decimals: number
}

export const KILOGRAMS: Room = { whole: 5, decimals: 3 }
export const COUNT: Room = { whole: 7, decimals: 0 }

/** The text of an amount after a key. What was pasted in other digits is made plain first, unless it may mean two things. */
export function pressed(text: string, key: Key, room: Room): string {
  const before = isAmbiguous(text) ? text : plainNumber(text)
  if (key === 'back') return before.slice(0, -1)
  const [whole = '', decimals] = before.split('.')
  if (key === '.') {
    if (room.decimals === 0 || decimals !== undefined) return before
    return `${before === '' ? '0' : before}.`
  }
  if (decimals !== undefined) return decimals.length < room.decimals ? before + key : before
  if (whole === '0') return key
  return whole.length < room.whole ? before + key : before
}
