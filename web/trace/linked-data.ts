import type { Certification, Organization, Product, PropertyValue, QuantitativeValue } from 'schema-dts'
import type { LocalName } from '../../shared/domain/organisation.ts'
import type { Passport, PassportResult } from '../../shared/domain/passport/passport.ts'
import type { PageOptions } from './page.ts'
import { nameIn, titleOf, viewOf, type View } from './view.ts'

/** Where our own terms are explained: `web/terms`. */
export const TERMS_PATH = '/terms/'

/**
 * A passport as linked data (JSON-LD 1.1): a Product in the words of schema.org as far as those go, and in terms of our
 * own for what they have none for: origins, journey, model of custody. It says what the page says. Of a batch that never
 * was it says only that.
 */
export function linkedData(passport: Passport, { lang, publicUrl }: PageOptions): object {
  const view = viewOf(passport, lang)
  const terms = new URL(TERMS_PATH, publicUrl).href
  const isVoid = passport.status === 'void'
  return {
    '@context': ['https://schema.org', { tm: `${terms}#` }],
    ...product(view, publicUrl),
    'tm:stage': passport.stage,
    'tm:status': passport.status,
    ...(isVoid ? {} : ownTerms(passport, publicUrl)),
  }
}

function product(view: View, publicUrl: string): Exclude<Product, string> & { '@id': string } {
  const { passport, words, lang } = view
  const { stage, product: made, holds, status } = passport
  const identified = {
    '@type': 'Product',
    '@id': publicUrl,
    url: publicUrl,
    name: titleOf(view),
    productID: passport.id,
    manufacturer: organisation(passport.madeBy, lang, passport.contact),
    productionDate: passport.occurredAt,
    hasDigitalProductPassport: publicUrl,
  } as const
  if (status === 'void') return { ...identified, consumerNotice: words.status.void.title(stage) }
  return {
    ...identified,
    ...(holds.length > 0 && { consumerNotice: words.status.hold.title(stage) }),
    ...(made?.gtin !== undefined && { gtin: made.gtin }),
    material: words.polymers[passport.polymer],
    weight: grams(passport.massGrams),
    ...(passport.certificates.length > 0 && { hasCertification: certifications(passport) }),
    ...(passport.inspections.latest && {
      additionalProperty: passport.inspections.latest.results.map(measured),
    }),
  }
}

function organisation(name: LocalName, lang: View['lang'], contact: string | undefined): Organization {
  const known = nameIn(name, lang)
  return {
    '@type': 'Organization',
    ...(known !== undefined && { name: known }),
    ...(contact !== undefined && (contact.startsWith('https:') ? { url: contact } : { email: contact })),
  }
}

/** UN/CEFACT's code for the gram. */
const grams = (value: number): QuantitativeValue => ({ '@type': 'QuantitativeValue', value, unitCode: 'GRM' })

function certifications({ certificates }: Passport): Certification[] {
  return certificates.map(({ scheme, number, body, validFrom, validTo, withdrawnAt }) => ({
    '@type': 'Certification',
    name: scheme,
    certificationIdentification: number,
    issuedBy: { '@type': 'Organization', name: body },
    validFrom,
    expires: withdrawnAt ?? validTo,
  }))
}

function measured({ parameter, method, value, unit, lowest, highest }: PassportResult): PropertyValue {
  return {
    '@type': 'PropertyValue',
    name: parameter,
    measurementMethod: method,
    value,
    unitText: unit,
    ...(lowest !== undefined && { minValue: lowest }),
    ...(highest !== undefined && { maxValue: highest }),
  }
}

/** Masses are in grams. Terms are explained at {@link TERMS_PATH}; a test holds the two together. */
function ownTerms(passport: Passport, publicUrl: string): Readonly<Record<`tm:${string}`, unknown>> {
  const { certified, carbon } = passport
  const batchUrl = (batch: string): string => new URL(`/b/${batch}`, publicUrl).href
  return {
    'tm:origins': passport.origins.map(({ name, lat, lon, found, from, to, grams: massGrams }) => ({
      'tm:place': {
        '@type': 'Place',
        name: name.en,
        alternateName: name.zh,
        geo: { '@type': 'GeoCoordinates', latitude: lat, longitude: lon },
      },
      'tm:found': found,
      'tm:fromMonth': from,
      'tm:toMonth': to,
      'tm:massGrams': massGrams,
    })),
    'tm:otherOrigins': passport.otherOrigins.map(({ found, count, grams: massGrams }) => ({
      'tm:found': found,
      'tm:places': count,
      'tm:massGrams': massGrams,
    })),
    'tm:otherMaterialGrams': passport.otherMaterialGrams,
    'tm:virginGrams': passport.virginGrams,
    'tm:chainOfCustody': certified.model,
    'tm:claims': Object.entries(certified.claims).map(([scheme, massGrams]) => ({
      'tm:scheme': scheme,
      'tm:massGrams': massGrams,
    })),
    'tm:holds': passport.holds.map(({ reason, since, batch }) => ({
      'tm:reason': reason,
      'tm:since': since,
      'tm:batch': { '@id': batchUrl(batch) },
    })),
    'tm:journey': passport.journey.map((leg) => ({
      'tm:step': leg.step,
      'tm:firstDay': leg.firstAt,
      'tm:lastDay': leg.lastAt,
      'tm:inputGrams': leg.inputGrams,
      'tm:addedGrams': leg.addedGrams,
      'tm:outputGrams': leg.outputGrams,
      'tm:losses': Object.entries(leg.losses).map(([kind, massGrams]) => ({
        'tm:kind': kind,
        'tm:massGrams': massGrams,
      })),
      'tm:unaccountedGrams': leg.unaccountedGrams,
    })),
    ...(carbon && { 'tm:gramsCo2ePerKg': carbon.gramsCo2ePerKg, 'tm:factors': carbon.factors }),
    'tm:events': passport.version,
    'tm:lastHash': passport.head,
  }
}
