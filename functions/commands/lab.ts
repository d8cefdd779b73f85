import type * as z from 'zod/mini'
import type { inspectionFields } from '../../shared/contract/requests/inspections.ts'
import type { InspectBatch } from '../../shared/domain/decide/quality.ts'

/** An inspection's body in the core's terms. */
type Fields = z.output<z.ZodMiniObject<typeof inspectionFields>>

export function inspectionCommand(body: Fields, occurredAt: string): InspectBatch {
  const { sample, lab, reportSha256, results } = body
  return {
    occurredAt,
    sample,
    lab,
    ...(reportSha256 !== undefined && { reportSha256 }),
    results: results.map(({ parameter, method, value, unit, lowest, highest }) => ({
      parameter,
      method,
      value,
      unit,
      ...(lowest !== undefined && { lowest }),
      ...(highest !== undefined && { highest }),
    })),
  }
}
