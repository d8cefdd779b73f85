import { readFile } from 'node:fs/promises'
import jsonld from 'jsonld'
import { describe, expect, it } from 'vitest'
import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { linkedData, TERMS_PATH } from '../../../web/trace/linked-data.ts'
import { CLAIMED, HANDED, HELD, LARGEST, MIXED, PICKUP, PRODUCT, SHORE, VOID } from './samples.ts'

/** Names in schema.org are checked by the types of `schema-dts`; here it is read as a program would. */
const ALL = { CLAIMED, HANDED, HELD, LARGEST, MIXED, PICKUP, PRODUCT, SHORE, VOID }
const BASE = 'https://tidemark.example'
const dataOf = (passport: Passport, lang: 'en' | 'zh' = 'en'): object =>
  JSON.parse(JSON.stringify(linkedData(passport, { lang, publicUrl: `${BASE}/b/${passport.id}` })))

/** What schema.org's own context comes down to for what we use of it; nothing is fetched. */
const documentLoader = async (url: string) => {
  if (url !== 'https://schema.org') throw new Error(`asked for ${url}`)
  const vocabulary = 'https://schema.org/'
  const address = { '@type': '@id' }
  const context = { '@vocab': vocabulary, url: address, hasDigitalProductPassport: address }
  return { documentUrl: url, document: { '@context': context } }
}
// `safe` refuses whatever would be dropped: a term without a meaning, an address that is none.
const OPTIONS = { documentLoader, safe: true }
const expand = (data: object): Promise<unknown[]> => jsonld.expand({ ...data }, OPTIONS)

describe('A passport as linked data', () => {
  it.each(Object.entries(ALL))(
    'says nothing that would be lost to a reader of JSON-LD: %s',
    async (_, passport) => {
      const [node, ...others] = await expand(dataOf(passport))
      expect(others).toEqual([])
      expect(node).toMatchObject({
        '@id': `${BASE}/b/${passport.id}`,
        '@type': ['https://schema.org/Product'],
        'https://schema.org/productID': [{ '@value': passport.id }],
      })
    },
  )

  it('is a Product with its maker, mass, material, certificates and laboratory results', () => {
    expect(dataOf(CLAIMED)).toMatchObject({
      name: 'Harbour phone case',
      manufacturer: { '@type': 'Organization', name: 'Lantern Goods', email: 'ask@lantern.example' },
      weight: { '@type': 'QuantitativeValue', value: 336_000, unitCode: 'GRM' },
      hasCertification: [{ certificationIdentification: 'OBP-2026-0117', expires: '2028-12-31' }],
    })
    expect(dataOf(HANDED)).toMatchObject({
      additionalProperty: [{ name: 'ash', value: 3.4, unitText: '%', maxValue: 3 }, {}, {}, {}],
    })
    expect(dataOf(PRODUCT, 'zh')).toMatchObject({ manufacturer: { name: '灯塔日用' } })
  })

  it('gives origins that add up to the mass, and warns of what is held or never was', () => {
    const data = dataOf(LARGEST)
    const grams = [...JSON.stringify(pick(data, 'tm:origins')).matchAll(/"tm:massGrams":(\d+)/g)]
    const others = [...JSON.stringify(pick(data, 'tm:otherOrigins')).matchAll(/"tm:massGrams":(\d+)/g)]
    const sum = [...grams, ...others].reduce((total, [, one]) => total + Number(one), 0)
    expect(sum + LARGEST.otherMaterialGrams).toBe(LARGEST.massGrams)
    expect(dataOf(HELD)).toMatchObject({ consumerNotice: 'This product is on hold' })
    expect(dataOf(VOID)).toMatchObject({ 'tm:status': 'void' })
    expect(dataOf(VOID)).not.toHaveProperty('weight')
  })

  it('uses no term of our own that the page of terms does not explain, and the page explains no other', async () => {
    const used = new Set(
      [LARGEST, HANDED, HELD].flatMap((passport) =>
        [...JSON.stringify(dataOf(passport)).matchAll(/"tm:(\w+)":/g)].map(([, term]) => term),
      ),
    )
    const terms = await readFile(new URL('../../../web/terms/index.html', import.meta.url), 'utf8')
    const explained = [...terms.matchAll(/<dt id="(\w+)"/g)].map(([, term]) => term)
    expect(explained).toHaveLength(used.size)
    expect(new Set(explained)).toEqual(used)
    expect(TERMS_PATH).toBe('/terms/')
  })
})

function pick(data: object, key: string): unknown {
  return new Map<string, unknown>(Object.entries(data)).get(key)
}
