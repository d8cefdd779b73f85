import { describe, expect, it } from 'vitest'
import { refuseCorrection, refuseStep, STEP_ROLES } from '../../../shared/contract/roles.ts'
import { ROUTES } from '../../../shared/contract/routes.ts'
import type { EventType } from '../../../shared/domain/events/event.ts'
import { ROLES, type Role } from '../../../shared/domain/organisation.ts'

const mayCorrect = (type: EventType): Role[] =>
  ROUTES.correctEvent.callers.filter((role) => refuseCorrection(role, type) === undefined)

describe('who may correct an event', () => {
  it.each([
    ['PickupRecorded', ROUTES.recordPickup],
    ['ProductMade', ROUTES.makeProduct],
    ['BatchShipped', ROUTES.shipBatches],
    ['BatchReceived', ROUTES.receiveShipment],
    ['BatchInspected', ROUTES.inspectBatch],
    ['CertificateRegistered', ROUTES.registerCertificate],
  ] as const)(
    '%s: who may make one, as its route says, as far as corrections are open to it',
    (type, route) => {
      const makers: readonly Role[] = route.callers
      expect(mayCorrect(type)).toEqual(ROUTES.correctEvent.callers.filter((role) => makers.includes(role)))
      expect(mayCorrect(type)).toContain('operator')
    },
  )

  it('is told who may, in words', () => {
    expect(refuseCorrection('brand', 'PickupRecorded')?.refusal).toMatchObject({
      code: 'role-not-allowed',
      detail: 'This key has the role brand; PickupRecorded is corrected by: operator, station.',
    })
  })

  it('depends on the step, of a run', () => {
    expect(refuseCorrection('station', 'RunClosed', 'sorting')).toBeUndefined()
    expect(refuseCorrection('station', 'RunClosed', 'cleaning')?.refusal.detail).toBe(
      'This key has the role station; cleaning is done by: operator, recycler.',
    )
  })

  it('is for the decider to say where nobody may', () => {
    expect(refuseCorrection('station', 'PeriodClosed')).toBeUndefined()
  })
})

describe('who may do a step', () => {
  it('is the operator, and only who may open and give up runs, or make products, at all', () => {
    for (const [step, roles] of Object.entries(STEP_ROLES)) {
      const row: readonly Role[] =
        step === 'manufacturing' ? ROUTES.makeProduct.callers : ROUTES.processBatches.callers
      expect(roles).toContain('operator')
      expect(roles.filter((role) => !row.includes(role))).toEqual([])
      const givingUp: readonly Role[] = ROUTES.reopenRun.callers
      expect(roles.filter((role) => !givingUp.includes(role))).toEqual([])
    }
  })

  it('is nobody who only reads or collects', () => {
    const may = (role: Role) => refuseStep(role, 'sorting') === undefined
    expect(ROLES.filter(may)).toEqual(['operator', 'station', 'recycler'])
  })
})
