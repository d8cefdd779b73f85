import * as z from 'zod/mini'
import { optional, wholeNumber, withDefault } from './schema.ts'

export const MAX_PAGE = 100

export const limitTo = (most: number, usual: number) =>
  withDefault(wholeNumber('A limit', { least: 1, most }), usual)

export const limit = limitTo(MAX_PAGE, 25)
export const cursor = optional(z.string().check(z.maxLength(500)))

/** What is asked of a list that needs nothing but its pages. */
export const pageQuery = z.strictObject({ limit, cursor })
