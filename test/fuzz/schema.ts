import * as fc from 'fast-check'
import * as z from 'zod'

/** JSON Schema as OpenAPI prints it, as far as this reads it. */
export interface Schema {
  readonly type?: string | undefined
  readonly properties?: Readonly<Record<string, Schema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly items?: Schema | undefined
  readonly additionalProperties?: Schema | boolean | undefined
  readonly anyOf?: readonly Schema[] | undefined
  readonly oneOf?: readonly Schema[] | undefined
  readonly enum?: readonly unknown[] | undefined
  readonly const?: unknown
  readonly examples?: readonly unknown[] | undefined
  readonly pattern?: string | undefined
  readonly format?: string | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
}

export const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    examples: z.array(z.unknown()).optional(),
    pattern: z.string().optional(),
    format: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
)

/** What is of no type, or of one at its very edge: what a request should never hold. */
const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.0001,
  1e308,
  '',
  ' ',
  '\u0000',
  '../../etc/passwd',
  "' OR 1=1 --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '𝟙𝟚𝟛',
  '\u202Egnirts',
  'x'.repeat(3000),
  [],
  {},
  { $ne: null },
  { __proto__: { role: 'operator' } },
  [[[[[]]]]],
]

export const junk: fc.Arbitrary<unknown> = fc.constantFrom(...JUNK)

/**
 * Values of a schema, most of them right, some of them wrong somewhere. `known` are texts that mean something, ids and
 * names of sites: where a text is asked for, one that fits is taken.
 */
export function valuesOf(of: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: rightValues(of, known) }, { weight: 1, arbitrary: junk })
}

function rightValues(of: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const choices = of.anyOf ?? of.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, known)))
  if (of.const !== undefined) return fc.constant(of.const)
  if (of.enum) return fc.constantFrom(...of.enum)
  switch (of.type) {
    case 'object':
      return objects(of, known)
    case 'array':
      return fc.array(valuesOf(of.items ?? {}, known), { maxLength: 3 })
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: of.minimum ?? 0, max: Math.min(of.maximum ?? 1000, 5000) })
    case 'number':
      return fc.integer({ min: 1, max: 100_000 }).map((thousandths) => thousandths / 1000)
    case 'string':
      return strings(of, known)
    default:
      return junk
  }
}

function objects({ properties = {}, required = [], additionalProperties }: Schema, known: readonly string[]) {
  const named = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, valuesOf(property, known)]),
  )
  const whole = fc.record(named, { requiredKeys: required.filter((name) => name in named) })
  if (typeof additionalProperties !== 'object') return whole
  const names = fc.constantFrom('wash-loss', 'moisture', 'purge', 'reject', 'OBP', 'else')
  return fc.dictionary(names, valuesOf(additionalProperties, known), { maxKeys: 2 })
}

function strings(
  { pattern, format, examples = [] }: Schema,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  // What is free text is told again to whoever may read it: another's id there would look like a leak of it.
  const fits = (text: string): boolean => pattern !== undefined && new RegExp(pattern, 'u').test(text)
  const fitting = [...known.filter(fits), ...examples.map(String)]
  const times = format === 'date-time' ? ['2026-08-10T08:00:00Z', '2026-09-01T00:00:00+08:00'] : []
  return fc.constantFrom(...fitting, ...times, 'text')
}
