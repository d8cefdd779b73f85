import { describe, expect, it } from 'vitest'
import { preferredOf } from '../../../functions/http/accept.ts'
import { isFresh } from '../../../functions/http/caching.ts'

describe('If-None-Match', () => {
  it.each(['"2"', 'W/"2"', '"x", "2"', 'W/"x",W/"2"', '*', ' * ', '"a,b", "2"'])('%s names "2"', (header) => {
    expect(isFresh(header, '"2"')).toBe(true)
    expect(isFresh(header, 'W/"2"')).toBe(true)
  })

  it.each([undefined, '', '2', '"22"', '"x"', '"2', 'W/2', '"1","3"'])('%s does not', (header) => {
    expect(isFresh(header, '"2"')).toBe(false)
  })
})

describe('JSON', () => {
  it.each([
    'application/json',
    'application/json, text/html;q=0.9',
    'text/html;q=0, application/json',
    'application/*;q=0.5, text/html;q=0.4',
    'text/html; q=0.1, APPLICATION/JSON;q=0.2, */*',
  ])('is wanted by Accept: %s', (accept) => {
    expect(preferredOf(accept, ['text/html', 'application/json'])).toBe('application/json')
  })

  it.each([
    undefined,
    '',
    '*/*',
    'text/html,application/xhtml+xml,*/*;q=0.8',
    'text/html, application/json',
    'application/json;q=0.1, */*',
    'application/json;q=nonsense',
    'image/png',
  ])('is not by %s', (accept) => {
    expect(preferredOf(accept, ['text/html', 'application/json'])).toBe('text/html')
  })
})
