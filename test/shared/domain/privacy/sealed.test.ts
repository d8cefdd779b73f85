import { describe, expect, it } from 'vitest'
import { ROLES } from '../../../../shared/domain/organisation.ts'
import { fieldsErasedFor, fieldsOf, isShown } from '../../../../shared/domain/privacy/sealed.ts'

const FIELDS = [
  'collector',
  'driver',
  'entryAsSigned',
  'note',
  'photos',
  'position',
  'reason',
  'vehicle',
  'vessel',
  'weigher',
]
const NOBODY = { isPerson: false, isWeigher: false, isVehicle: false }
const SHARED = ['note', 'reason', 'vehicle']
const [person, weigher, both, vehicle] = [
  { ...NOBODY, isPerson: true },
  { ...NOBODY, isWeigher: true },
  { ...NOBODY, isPerson: true, isWeigher: true },
  { ...NOBODY, isVehicle: true },
]

describe('what is sealed', () => {
  it('is shown to nobody but those whose role needs it', () => {
    const seen = Object.fromEntries(
      ROLES.map((role) => [role, FIELDS.filter((field) => isShown(field, role))]),
    )
    expect(seen).toEqual({
      operator: FIELDS,
      auditor: FIELDS,
      station: FIELDS.filter((field) => field !== 'driver' && field !== 'entryAsSigned'),
      recycler: SHARED,
      brand: SHARED,
      collector: [],
    })
  })

  it('is told to whom it is about, and to nobody what is about others', () => {
    expect(fieldsOf(person, FIELDS)).toEqual(FIELDS.filter((field) => field !== 'weigher'))
    expect(fieldsOf(weigher, FIELDS)).toEqual(['weigher'])
    expect(fieldsOf(both, FIELDS)).toEqual(FIELDS)
    expect(fieldsOf(vehicle, FIELDS)).toEqual(['vehicle'])
  })

  it('goes with whom it is about, and what may be about anybody goes with anybody', () => {
    expect(fieldsErasedFor(person, FIELDS)).toEqual(FIELDS.filter((field) => field !== 'weigher'))
    expect(fieldsErasedFor(weigher, FIELDS)).toEqual(['entryAsSigned', 'note', 'reason', 'weigher'])
    expect(fieldsErasedFor(both, FIELDS)).toEqual(FIELDS)
    expect(fieldsErasedFor(vehicle, FIELDS)).toEqual(['entryAsSigned', 'note', 'reason', 'vehicle'])
  })
})
