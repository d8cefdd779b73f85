import { LANGUAGES, type Language } from '../../shared/domain/organisation.ts'
import { baseOf } from '../speech.ts'

export type { Language }

/**
 * The language to answer in: `?lang=` if it names one that we speak, with or without a region (`zh-CN`), else the best of
 * `Accept-Language` by its weights (RFC 9110 §12.5.4; the earlier of equals wins), else English.
 */
export function languageOf(acceptLanguage: string | undefined, query: string | undefined): Language {
  const asked = LANGUAGES.find((language) => language === baseOf(query ?? ''))
  return asked ?? preferred(acceptLanguage ?? '')
}

function preferred(header: string): Language {
  const ranges = header.split(',').map(readRange)
  const best = LANGUAGES.map((language) => {
    const own = ranges.filter(({ tag }) => tag === language)
    const [top] = (own.length > 0 ? own : ranges.filter(({ tag }) => tag === '*')).sort(byWeight)
    return { language, weight: top?.weight ?? 0, at: top?.at ?? 0 }
  })
    .filter(({ weight }) => weight > 0)
    .sort(byWeight)
  return best[0]?.language ?? 'en'
}

interface Range {
  readonly tag: string
  readonly weight: number
  /** Its place in the header. */
  readonly at: number
}

function byWeight(a: Omit<Range, 'tag'>, b: Omit<Range, 'tag'>): number {
  return b.weight - a.weight || a.at - b.at
}

/** `zh-CN;q=0.8` is zh at 0.8. A weight that is none (`q=high`) counts as 0: better not to guess. */
function readRange(text: string, at: number): Range {
  const [range = '', ...parameters] = text.toLowerCase().split(';')
  const tag = baseOf(range.trim())
  const q = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='))
  return { tag, weight: q === undefined ? 1 : readWeight(q.slice(2)), at }
}

function readWeight(text: string): number {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0
}
