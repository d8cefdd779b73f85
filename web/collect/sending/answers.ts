import type * as z from 'zod'
import type { batchView } from '../../../shared/contract/answers/batches.ts'
import type { ownDeviceView } from '../../../shared/contract/answers/devices.ts'
import type { organisationView } from '../../../shared/contract/answers/organisation.ts'
import type { uploadView } from '../../../shared/contract/answers/photos.ts'
import type { Problem } from '../../../shared/contract/problem.ts'

/**
 * What the server answers, read with care: a café's login page also answers 200. Each reader gives undefined for
 * anything that is not what it looks for. (The contract's zod schemas would do it too, at five times the download.)
 */
export type Organisation = z.output<typeof organisationView>
export type OwnDevice = z.output<typeof ownDeviceView>
export type Site = Organisation['sites'][number]
export type Upload = z.output<typeof uploadView>

/** The part of the batch that the receipt shows. */
export interface Receipt {
  readonly batchId: z.output<typeof batchView>['id']
  readonly massKg: number
  readonly placeId?: string
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isName(value: unknown): value is Organisation['name'] {
  return isRecord(value) && typeof value['en'] === 'string' && typeof value['zh'] === 'string'
}

function isSite(value: unknown): value is Site {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isName(value['name']) &&
    typeof value['lat'] === 'number' &&
    typeof value['lon'] === 'number'
  )
}

export function isOrganisation(value: unknown): value is Organisation {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['role'] === 'string' &&
    isName(value['name']) &&
    Array.isArray(value['sites']) &&
    value['sites'].every(isSite)
  )
}

export function readOrganisation(value: unknown): Organisation | undefined {
  return isOrganisation(value) ? value : undefined
}

/** The part of a device that the form uses and keeps. */
export function readOwnDevice(value: unknown): OwnDevice | undefined {
  if (!isRecord(value) || !isRecord(value['organisation']) || !isSite(value['site'])) return undefined
  const { id, label, serverTime = '' } = value
  const { id: org, name } = value['organisation']
  if (typeof id !== 'string' || typeof label !== 'string' || typeof serverTime !== 'string') return undefined
  if (typeof org !== 'string' || !isName(name)) return undefined
  return { id, label, status: 'active', organisation: { id: org, name }, site: value['site'], serverTime }
}

export function readReceipt(value: unknown): Receipt | undefined {
  if (!isRecord(value) || typeof value['id'] !== 'string' || typeof value['massKg'] !== 'number')
    return undefined
  const [origin]: readonly unknown[] = Array.isArray(value['origins']) ? value['origins'] : []
  const placeId = isRecord(origin) ? origin['placeId'] : undefined
  return {
    batchId: value['id'],
    massKg: value['massKg'],
    ...(typeof placeId === 'string' && { placeId }),
  }
}

/** The same in what is told of what became of a batch. */
export function readReceived(value: unknown): Receipt | undefined {
  if (!isRecord(value) || typeof value['batchId'] !== 'string' || typeof value['massKg'] !== 'number')
    return undefined
  return { batchId: value['batchId'], massKg: value['massKg'] }
}

export function readUpload(value: unknown): Upload | undefined {
  if (!isRecord(value) || typeof value['url'] !== 'string' || !isRecord(value['headers'])) return undefined
  const headers = Object.entries(value['headers']).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  )
  return { method: 'PUT', url: value['url'], headers: Object.fromEntries(headers) }
}

/** The part of a problem that people are told. */
export type Refusal = Pick<Problem, 'code' | 'detail' | 'errors'>

export function readRefusal(value: unknown): Refusal | undefined {
  if (!isRecord(value) || typeof value['code'] !== 'string') return undefined
  const detail = typeof value['detail'] === 'string' ? value['detail'] : ''
  const listed: readonly unknown[] = Array.isArray(value['errors']) ? value['errors'] : []
  const errors = listed.flatMap((fault) =>
    isRecord(fault) && typeof fault['pointer'] === 'string' && typeof fault['detail'] === 'string'
      ? [{ pointer: fault['pointer'], detail: fault['detail'] }]
      : [],
  )
  return { code: value['code'], detail, errors }
}
