import * as z from 'zod'
import { ERASURE_REASONS } from '../../domain/events/privacy.ts'
import { cursor, limit, MAX_PAGE } from './batches.ts'
import { soughtText } from './fields.ts'

export const accessesQuery = z.strictObject({ limit, cursor })

const person = soughtText(80).meta({
  description:
    'The name or alias as it was entered for who collected, weighed or drove, or as a phone or a member is labelled; or the id of a phone. Spelling by case and space around it do not matter',
})

/** A POST, with all of it in the body: so the name is in no URL, and in nothing that logs URLs. */
export const exportBody = z.strictObject({
  person,
  limit: z.int().min(1).max(MAX_PAGE).default(25),
  cursor,
})

export const erasureBody = z.strictObject({ person, reason: z.enum(ERASURE_REASONS) })
