import * as z from 'zod/mini'
import { ERASURE_REASONS } from '../../domain/events/privacy.ts'
import { cursor, MAX_PAGE } from './pages.ts'
import { soughtText } from './fields.ts'
import { noted, wholeBetween, withDefault } from './schema.ts'

const person = noted(
  soughtText(80),
  'The name or alias as it was entered for who collected, weighed or drove, or as a phone or a member is labelled; or the id of a phone. Spelling by case and space around it do not matter',
)

/** A POST, with all of it in the body: so the name is in no URL, and in nothing that logs URLs. */
export const exportBody = z.strictObject({
  person,
  limit: withDefault(wholeBetween(1, MAX_PAGE), 25),
  cursor,
})

export const erasureBody = z.strictObject({ person, reason: z.enum(ERASURE_REASONS) })
