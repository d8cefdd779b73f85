import * as z from 'zod/mini'
import { cursor, limit } from './batches.ts'

/** What is asked of a list that needs nothing but its pages. */
export const pageQuery = z.strictObject({ limit, cursor })
