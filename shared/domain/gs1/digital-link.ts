import { accept, refuse, type Decision, type Refused } from '../refusal.ts'
import {
  faultOfValue,
  GTIN_AI,
  isQualifier,
  QUALIFIER_ORDER,
  STANDS_ALONE,
  type QualifierAi,
} from './elements.ts'
import { GTIN_PATTERN, hasCheckDigit, isAllNoughts, toGtin14 } from './gtin.ts'

/**
 * A GS1 Digital Link URI of a trade item, without its domain (GS1 Digital Link: URI Syntax): a GTIN, and what narrows it
 * down to a variant, a lot and an item.
 */
export interface DigitalLink {
  /** 14 digits. */
  readonly gtin: string
  readonly qualifiers: Readonly<Partial<Record<QualifierAi, string>>>
}

/** Long enough to recognise what was given, short enough for a sentence. */
const SHOWN = 60
const shown = (text: string): string =>
  JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)
const malformed = (fault: string): Refused => refuse('invalid-request', `This GS1 Digital Link ${fault}.`)

/**
 * Reads the path and the query of a GS1 Digital Link as they stand in its address, percent-encoded. One slash at the end
 * is passed over. Refused, with what is wrong: a GTIN that is not 14 digits or does not check, values that GS1 does not
 * allow, AIs that do not qualify a GTIN or stand in another order, and whatever is not pairs of AI and value, such as a
 * compressed link. Attributes in the query are not looked at, except that what belongs into the path may not be there.
 */
export function readDigitalLink(path: string, query = ''): Decision<DigitalLink> {
  const segments = segmentsOf(path)
  if (!segments) return malformed('has a % that encodes no character')
  const [ai = '', gtin = '', ...rest] = segments
  if (ai !== GTIN_AI) return malformed(`begins with ${shown(ai)}; only GTINs (01) are resolved here`)
  const refused = refuseGtin(gtin) ?? refuseQuery(query)
  if (refused) return refused
  const qualifiers = readQualifiers(rest)
  return qualifiers.ok ? accept({ gtin, qualifiers: qualifiers.value }) : qualifiers
}

function segmentsOf(path: string): string[] | undefined {
  try {
    return path
      .replace(/(?<=.)\/$/, '')
      .split('/')
      .slice(1)
      .map(decodeURIComponent)
  } catch {
    return undefined
  }
}

function refuseGtin(digits: string): Refused | undefined {
  if (digits === '') return malformed(`has no GTIN after ${GTIN_AI}; that is a number of 14 digits`)
  if (!/^\d{14}$/.test(digits)) {
    const padded = GTIN_PATTERN.test(digits) ? `: write ${toGtin14(digits)}` : ''
    return malformed(`has the GTIN ${shown(digits)}; in an address a GTIN has 14 digits${padded}`)
  }
  if (isAllNoughts(digits)) return malformed("has a GTIN of noughts alone, which is nobody's")
  return hasCheckDigit(digits)
    ? undefined
    : malformed(`has the GTIN ${digits}, whose last digit does not check: it was misread or mistyped`)
}

const ORDER = `${QUALIFIER_ORDER.join(', ')} in this order, or ${STANDS_ALONE} alone`

function readQualifiers(segments: readonly string[]): Decision<DigitalLink['qualifiers']> {
  const found: Partial<Record<QualifierAi, string>> = {}
  const order: string[] = [...QUALIFIER_ORDER]
  for (let index = 0; index < segments.length; index += 2) {
    const [ai = '', value] = segments.slice(index, index + 2)
    if (value === undefined) {
      return malformed(
        `has ${shown(ai)} without a value after it; after the GTIN come pairs of AI and value, and compressed links are not read here`,
      )
    }
    if (!isQualifier(ai)) {
      return malformed(
        `has ${shown(ai)} in its path, which does not qualify a GTIN; allowed are ${ORDER}, and other AIs in the query`,
      )
    }
    const place = order.indexOf(ai)
    const standsAlone = ai === STANDS_ALONE && segments.length === 2
    if (place < 0 && !standsAlone)
      return malformed(`has ${ai} where it must not stand; allowed are ${ORDER}, each once`)
    order.splice(0, place + 1)
    const fault = faultOfValue(ai, value)
    if (fault !== undefined) return malformed(fault)
    found[ai] = value
  }
  return accept(found)
}

/** A lot (10) may be an attribute of something else, as the dictionary has it; these are part of what is identified. */
const IN_PATH_ONLY: ReadonlySet<string> = new Set([GTIN_AI, '21', '22', STANDS_ALONE])

function refuseQuery(query: string): Refused | undefined {
  for (const name of namesIn(query)) {
    if (IN_PATH_ONLY.has(name)) return malformed(`has ${name} in its query; it belongs into the path`)
    // Keys of digits alone are AIs, and AIs have two to four (URI Syntax, §4.10.1).
    if (/^\d+$/.test(name) && !/^\d{2,4}$/.test(name))
      return malformed(`has ${shown(name)} in its query, which is no AI: those have two to four digits`)
  }
  return undefined
}

const namesIn = (query: string): string[] => query.split('&').map((pair) => pair.split('=')[0] ?? '')

/** The path of a link. Signs that mean something in an address, or may be taken for the end of one, are encoded. */
export function digitalLinkPath({ gtin, qualifiers }: DigitalLink): string {
  const rest = [...QUALIFIER_ORDER, STANDS_ALONE].flatMap((ai) => {
    const value = qualifiers[ai]
    return value === undefined ? [] : [`/${ai}/${encoded(value)}`]
  })
  return `/${GTIN_AI}/${gtin}${rest.join('')}`
}

const encoded = (value: string): string =>
  encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
