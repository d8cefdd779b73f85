import { en } from 'zod/locales'
import * as z from 'zod/mini'

/**
 * What schemas of requests are said with. They are made when a function starts, and half of a start once went into
 * that, so they are of zod's small half, and these few words make as few objects as can be: no copy for a note on what
 * was just made, no schema for a rule.
 */
z.config(en())

/** What OpenAPI says of a field besides its shape. */
export interface Note {
  readonly description?: string
  readonly examples?: readonly unknown[]
}

type Said = string | Note
const noteOf = (said: Said): Note => (typeof said === 'string' ? { description: said } : said)

/** Notes something of a schema that was just made and is nobody else's. */
export function noted<Schema extends z.core.$ZodType>(schema: Schema, said: Said | undefined): Schema {
  if (said !== undefined) z.globalRegistry.add(schema, { ...noteOf(said) })
  return schema
}

/** Notes something of a schema in one place; where else it stands, nothing changes. */
export function described<Schema extends z.core.$ZodType>(schema: Schema, said: Said): Schema {
  return noted(z.clone(schema), said)
}

/** A field that may be left out, or be there and undefined. */
export const optional = <Schema extends z.core.$ZodType>(schema: Schema, said?: Said) =>
  noted(z.optional(schema), said)

/** A field that may be left out, and says something where it is there. */
export const exactOptional = <Schema extends z.core.$ZodType>(schema: Schema, said?: Said) =>
  noted(z.exactOptional(schema), said)

/** A field that says this where it is left out. */
export const withDefault = <Schema extends z.core.$ZodType>(
  schema: Schema,
  value: z.core.util.NoUndefined<z.output<Schema>>,
  said?: Said,
) => noted(z._default(schema, value), said)

/** A rule on a value of the right shape, and the sentence for who breaks it, of the value if need be; of an object, at which field. */
export function must<Value>(
  holds: (value: Value) => boolean,
  sentence: string | ((value: Value) => string),
  at: readonly string[] = [],
): (payload: z.core.ParsePayload<Value>) => void {
  return ({ value, issues }) => {
    if (holds(value)) return
    const message = typeof sentence === 'string' ? sentence : sentence(value)
    issues.push({ code: 'custom', message, path: [...at], input: value, continue: true })
  }
}

export const between = (least: number, most: number) => z.number().check(z.gte(least), z.lte(most))
export const wholeBetween = (least: number, most: number) => z.int().check(z.gte(least), z.lte(most))
export const wholeUpTo = (most: number) => z.int().check(z.positive(), z.lte(most))

export const matching = (pattern: RegExp, message: string) => z.string().check(z.regex(pattern, message))

/** As it stands in a query: digits and nothing else. What JavaScript would also take, such as 1e1 or 0x10, is refused. */
export const wholeNumber = (
  what: string,
  { least, most }: { readonly least: number; readonly most: number },
) =>
  z.pipe(
    z.pipe(
      matching(/^\d{1,9}$/, `${what} is a whole number from ${least} to ${most}`),
      z.transform((digits: string) => Number(digits)),
    ),
    wholeBetween(least, most),
  )

/** For lists in which a name stands once. */
export const namesEachOnce = (names: readonly string[]): boolean => new Set(names).size === names.length
