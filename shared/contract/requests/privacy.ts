import * as z from 'zod'
import { cursor, limit } from './batches.ts'

export const accessesQuery = z.strictObject({ limit, cursor })
