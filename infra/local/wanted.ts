import type { _Record } from '@aws-sdk/client-dynamodb-streams'
import { PROJECTED, SEQUENCED } from '../table.ts'

/** Which stream records are worth a call of a function: what the filters of `infra/aws/stream.ts` say, said here. */

/** Of batches and organisations; and of runs while anything holds them, before the change or after it. */
export function isProjected({ dynamodb = {} }: _Record): boolean {
  const { Keys, NewImage, OldImage } = dynamodb
  const [pk, sk] = [Keys?.['pk']?.S ?? '', Keys?.['sk']?.S ?? '']
  if (pk.startsWith(PROJECTED.organisationPrefix))
    return PROJECTED.ofOrganisations.some((prefix) => sk.startsWith(prefix))
  if (sk !== PROJECTED.sk) return false
  if (pk.startsWith(PROJECTED.batchPrefix)) return true
  const isHeld = NewImage?.[PROJECTED.holds]?.SS ?? OldImage?.[PROJECTED.holds]?.SS
  return pk.startsWith(PROJECTED.runPrefix) && isHeld !== undefined
}

/** Events, when they are recorded. */
export function isSequenced({ eventName, dynamodb }: _Record): boolean {
  const isHistory = dynamodb?.Keys?.['sk']?.S?.startsWith(SEQUENCED.historyPrefix) === true
  return eventName === 'INSERT' && isHistory && dynamodb?.NewImage?.[SEQUENCED.hash]?.S !== undefined
}
