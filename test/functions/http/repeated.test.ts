import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatedMember } from '../../../functions/http/repeated.ts'

describe('a member that is given twice', () => {
  it.each([
    ['at the top', '{"massKg":1,"massKg":2}', '/massKg'],
    ['also with the same value', '{"massKg":1,"form":"net","massKg":1}', '/massKg'],
    ['in an object in a list', '{"a":[1,[2],{"b":{},"c":[],"b":3}]}', '/a/2/b'],
    ['after an object and a list', '{"a":{"x":1},"b":["x"],"a":2}', '/a'],
    ['in two spellings', String.raw`{"form":1,"\u0066orm":2}`, '/form'],
    ['with a name that is nothing', '{"":1,"":2}', '/'],
    ['with a name of punctuation', String.raw`{"\\\"{,/~":1,"\\\"{,/~":2}`, String.raw`/\"{,~1~0`],
    ['with a name that objects have anyway', '{"__proto__":1,"__proto__":2}', '/__proto__'],
    ['with spaces and lines between', ' {\n "a" : 1 ,\r\n\t"a" : 2 } ', '/a'],
  ])('is found %s', (_where, text, pointer) => {
    expect(repeatedMember(text)).toBe(pointer)
  })

  it.each([
    ['a name in two objects', '[{"a":1},{"a":{"a":[{"a":1}]}}]'],
    ['a value that is the name of another member', '{"a":"b","b":"a","c":["a","a"]}'],
    ['a text that looks like members', String.raw`{"a":"{\"b\":1,\"b\":2}","b":"\\"}`],
    ['names that differ in case', '{"a":1,"A":2}'],
    ['a name of objects by birth', '{"constructor":1,"toString":2,"__proto__":3}'],
    ['no object at all', '"a,a"'],
  ])('is not %s', (_what, text) => {
    expect(repeatedMember(text)).toBeUndefined()
  })

  it('is in nothing that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(2), (value, indent) => {
        expect(repeatedMember(JSON.stringify(value, undefined, indent))).toBeUndefined()
      }),
    )
  })

  it('is found wherever it stands', () => {
    const names = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(names, fc.jsonValue(), fc.nat(), fc.nat(), (members, value, which, depth) => {
        const again = members[which % members.length] ?? ''
        const written = [...members, again].map((name) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
        const levels = depth % 4
        const text = `${'[0,'.repeat(levels)}{${written.join(',')}}${']'.repeat(levels)}`
        const pointer = `/${again.replaceAll('~', '~0').replaceAll('/', '~1')}`
        expect(repeatedMember(text)).toBe(`${'/1'.repeat(levels)}${pointer}`)
      }),
    )
  })
})
