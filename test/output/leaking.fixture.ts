import { expect, it } from 'vitest'

it('passes, but writes a key', () => {
  expect(process.stdout.write('tm_operator_a_key_that_is_nobodys\n')).toBe(true)
})
