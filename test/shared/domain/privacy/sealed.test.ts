import { describe, expect, it } from 'vitest'
import { ROLES } from '../../../../shared/domain/organisation.ts'
import { fieldsErasedFor, fieldsOf, isShown } from '../../../../shared/domain/privacy/sealed.ts'

const FIELDS = ['collector', 'driver', 'entryAsSigned', 'photos', 'position', 'vessel', 'weigher']
const [person, weigher, both] = [
  { isPerson: true, isWeigher: false },
  { isPerson: false, isWeigher: true },
  { isPerson: true, isWeigher: true },
]

describe('what is sealed', () => {
  it('is shown to nobody but those whose role needs it', () => {
    const seen = Object.fromEntries(
      ROLES.map((role) => [role, FIELDS.filter((field) => isShown(field, role))]),
    )
    expect(seen).toEqual({
      operator: FIELDS,
      auditor: FIELDS,
      station: ['collector', 'photos', 'position', 'vessel', 'weigher'],
      recycler: [],
      brand: [],
      collector: [],
    })
  })

  it('is told to whom it is about, and to nobody what is about others', () => {
    expect(fieldsOf(person, FIELDS)).toEqual(FIELDS.filter((field) => field !== 'weigher'))
    expect(fieldsOf(weigher, FIELDS)).toEqual(['weigher'])
    expect(fieldsOf(both, FIELDS)).toEqual(FIELDS)
  })

  it('goes with whom it is about, and what may be about anybody goes with anybody', () => {
    expect(fieldsErasedFor(person, FIELDS)).toEqual(FIELDS.filter((field) => field !== 'weigher'))
    expect(fieldsErasedFor(weigher, FIELDS)).toEqual(['entryAsSigned', 'weigher'])
    expect(fieldsErasedFor(both, FIELDS)).toEqual(FIELDS)
  })
})
