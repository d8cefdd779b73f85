import { JSON_TYPE, LINKED_DATA_TYPE, LINKSET_TYPE } from '../../shared/contract/route.ts'
import { LANGUAGES, type Language } from '../../shared/domain/organisation.ts'

/** What a reader would rather have: `Accept` with its weights (RFC 9110, §12.4.2 and §12.5.1). */

/** Which of several types is wanted most. Where some are wanted alike, as by an asterisk or by nothing, the earliest of them. */
export function preferredOf<Type extends string>(
  accept: string | undefined,
  types: readonly [Type, ...Type[]],
): Type {
  const ranges = (accept ?? '*/*').split(',').map(rangeIn)
  return types.reduce((best, type) => (weightOf(type, ranges) > weightOf(best, ranges) ? type : best))
}

interface Range {
  readonly type: string
  readonly weight: number
}

function rangeIn(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 }
}

/** By the most telling range that fits: the type itself, then its family, then anything. */
function weightOf(type: string, ranges: readonly Range[]): number {
  const [family = ''] = type.split('/')
  const fitting = [type, `${family}/*`, '*/*'].map((wanted) => ranges.find((range) => range.type === wanted))
  return fitting.find((range) => range !== undefined)?.weight ?? 0
}

/** What a passport comes as. */
export type Shape = 'html' | 'json' | 'jsonld' | 'linkset'

const SHAPES = { 'text/html': 'html', [JSON_TYPE]: 'json', [LINKED_DATA_TYPE]: 'jsonld' } as const

/** What `?linkType=` or `?format=` names, else what is wanted most; a linkset only by its name, as of a GS1 Digital Link. */
export function shapeOf(
  accept: string | undefined,
  { format, linkType }: Readonly<Record<string, string | undefined>>,
): Shape {
  if (linkType === 'linkset' || linkType === 'all') return 'linkset'
  if (format === 'json' || format === 'jsonld') return format
  if (format !== undefined) return 'html'
  if (asksFor(accept, LINKSET_TYPE, ['text/html', JSON_TYPE, LINKED_DATA_TYPE])) return 'linkset'
  return SHAPES[preferredOf(accept, ['text/html', JSON_TYPE, LINKED_DATA_TYPE])]
}

/** Whether a type is asked for by its name, and no other of these more than it: what is taken as well is not asked for. */
export function asksFor(accept: string | undefined, type: string, others: readonly string[]): boolean {
  const ranges = (accept ?? '').split(',').map(rangeIn)
  const asked = (name: string): number => ranges.find((range) => range.type === name)?.weight ?? 0
  return asked(type) > 0 && others.every((other) => asked(other) <= asked(type))
}

/** The language that is preferred among ours; undefined where none of them is asked for. */
export function preferredLanguage(acceptLanguage: string | undefined): Language | undefined {
  const ranges = (acceptLanguage ?? '').split(',').map(rangeIn)
  const ours = ranges.flatMap(({ type, weight }) =>
    LANGUAGES.filter((language) => language === type.split('-')[0] && weight > 0).map((language) => ({
      language,
      weight,
    })),
  )
  return ours.toSorted((a, b) => b.weight - a.weight)[0]?.language
}
