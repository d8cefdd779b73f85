import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BATCH_ID_PATTERN, groupedId, idFromBytes, readBatchId } from '../../../shared/domain/ids.ts'

describe('ids', () => {
  it('are one letter and twelve characters that cannot be misread, the same for the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 32 }), (bytes) => {
        const id = idFromBytes('batch', bytes)
        expect(id).toMatch(BATCH_ID_PATTERN)
        expect(idFromBytes('batch', bytes)).toBe(id)
      }),
    )
  })

  it('are read as people type them', () => {
    expect(readBatchId(' b7k3-m9qx-t2ab-c ')).toBe('B7K3M9QXT2ABC')
    expect(readBatchId('BOIL000000000')).toBe('B011000000000')
    for (const typed of ['B7K3 M9QX T2AB C', 'b 7k3m 9qxt 2abc', 'B-7K3M-9QXT-2ABC\u00a0'])
      expect(readBatchId(typed)).toBe('B7K3M9QXT2ABC')
  })

  it('are written in groups that can be read back', () => {
    expect(groupedId('B7K3M9QXT2ABC')).toBe('B-7K3M-9QXT-2ABC')
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const id = idFromBytes('batch', bytes)
        expect(readBatchId(groupedId(id))).toBe(id)
      }),
    )
  })

  it('are not found in what is none', () => {
    for (const text of [
      '',
      'B',
      'R7K3M9QXT2ABC',
      'B7K3M9QXT2AB',
      'B7K3M9QXT2ABCD',
      'B7K3M9QXT2AB🐟',
      '<script>',
    ]) {
      expect(readBatchId(text)).toBeUndefined()
    }
  })

  it('need eight bytes', () => {
    expect(() => idFromBytes('run', new Uint8Array(7))).toThrow('8 bytes')
  })
})
