import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { jsonOf } from '../client.ts'
import { LINKSET, linksetOf, LOT, resolverForTests, VOC } from './gs1-asking.ts'
import { CONFORMANCE_GTINS } from './gs1-lots.ts'
import { standardOr } from './standards.ts'

/**
 * The conformance statement of GS1-Conformant Resolver 1.2, clause by clause, as GS1's test suite lists it, each under
 * its own words. Here is what it says of linksets.
 */
const { lots, get, at, passport } = resolverForTests()
const { single, several } = CONFORMANCE_GTINS
const passportPath = (): string => `/b/${lots().only}`

describe('SHALL respond to linkType=linkset, or Accept: application/linkset+json, with the list of links', () => {
  it.each([
    ['linkType=linkset', `${LOT}?linkType=linkset`, {}],
    ['linkType=all, as it was called before', `${LOT}?linkType=all`, {}],
    ['Accept', LOT, LINKSET],
  ])('by %s, and does not redirect', async (_by, path, headers) => {
    const answer = await get(path, headers)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/linkset+json'])
    expect(answer.headers.get('vary')).toContain('accept')
    expect(linksetOf(answer)).toHaveLength(2)
  })

  it('as application/json for who would rather have that', async () => {
    const answer = await get(`${LOT}?linkType=linkset`, { accept: 'application/json' })
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(linksetOf(answer)).toHaveLength(2)
  })

  it('validates against the schema of GS1', async ({ skip }) => {
    const files = ['gs1-linkset-schema.json', 'valid-gs1-example.json', 'invalid-gs1-example.json']
    const texts = await Promise.all(files.map((file) => standardOr(skip, `gs1-digital-link/linkset/${file}`)))
    const [told, valid, invalid] = texts.map((text): unknown => JSON.parse(text))
    const schema = z.fromJSONSchema(z.record(z.string(), z.json()).parse(told))
    expect([schema.safeParse(valid).success, schema.safeParse(invalid).success]).toEqual([true, false])
    for (const path of [
      LOT,
      passportPath(),
      `/01/${single}`,
      `/01/${several}`,
      `/01/${several}/10/B-2/21/7`,
    ]) {
      const linkset = jsonOf(await get(path, LINKSET))
      expect([path, schema.safeParse(linkset).error]).toEqual([path, undefined])
    }
  })

  it('with the links of each level up to the primary key', async () => {
    const anchors = linksetOf(await get(`${LOT}/21/7`, LINKSET)).map(({ anchor }) => anchor)
    expect(anchors).toEqual([at(LOT), at(`/01/${single}`)])
  })

  it('about the URI as GS1 writes it, however it was asked for', async () => {
    const [context] = linksetOf(await get(`/01/${single}/10/%4FNLY/?17=271231`, LINKSET))
    expect(context?.anchor).toBe(at(LOT))
  })

  it('of a GTIN with several lots, with the passport of each', async () => {
    const [item, ...others] = linksetOf(await get(`/01/${several}`, LINKSET))
    expect(others).toEqual([])
    const hrefs = z.array(z.object({ href: z.string() })).parse(item?.[`${VOC}defaultLinkMulti`])
    expect(hrefs.map(({ href }) => href)).toEqual([at(`/b/${lots().second}`), at(`/b/${lots().first}`)])
  })
})

describe('What has no GTIN has a linkset by its own address', () => {
  it.each([
    ['linkType=linkset', '?linkType=linkset', {}],
    ['Accept', '', LINKSET],
  ])('by %s, which is valid and leads to the passport', async (_by, query, headers) => {
    const address = `/b/${lots().pellets}`
    const answer = await get(address + query, headers)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/linkset+json'])
    expect(answer.headers.get('link')).toContain('json-ld#context')
    const [context, ...others] = linksetOf(answer)
    expect([context?.anchor, others]).toEqual([at(address), []])
    const links = z.array(z.object({ href: z.string() }))
    expect(links.parse(context?.[`${VOC}defaultLink`])).toEqual([{ href: at(address) }])
    expect(Object.keys(context ?? {})).not.toContain(`${VOC}certificationInfo`)
  })

  it('and with certificates where something is claimed under one; a browser is shown the page', async () => {
    const address = `/b/${lots().second}`
    expect((await get(address, LINKSET)).text).toContain(`${VOC}certificationInfo`)
    const page = await get(address, { accept: 'text/html,application/linkset+json;q=0.5' })
    expect(page.headers.get('content-type')).toContain('text/html')
  })
})

describe('SHOULD expose link to the linkset in an HTTP Link header, even when redirecting', () => {
  it('on a redirect it leads to the linkset', async () => {
    const link = (await get(LOT)).headers.get('link') ?? ''
    const [, href = ''] =
      /^<([^>]+)>; rel="linkset"; type="application\/linkset\+json"; title="[^"]+"$/.exec(link) ?? []
    expect(linksetOf(await get(href))[0]?.anchor).toBe(at(LOT))
  })

  it('on a linkset it leads to the JSON-LD context', async () => {
    expect((await get(LOT, LINKSET)).headers.get('link')).toContain(
      '<https://ref.gs1.org/standards/resolver/linkset-context>; rel="http://www.w3.org/ns/json-ld#context"',
    )
  })
})

describe('SHALL recognise one available link as the default for any given request URI', () => {
  it('which has no attributes but its title, and is described by another link type, too', async () => {
    for (const context of linksetOf(await get(LOT, LINKSET))) {
      const defaults = z.array(z.strictObject({ href: z.string(), title: z.string() }))
      const [link, ...others] = defaults.parse(context[`${VOC}defaultLink`])
      expect([link?.href, others]).toEqual([passport(), []])
      expect(JSON.stringify(context[`${VOC}pip`])).toContain(passport())
    }
  })
})

describe('All links exposed SHALL include the target URL, the link relationship type and a human-readable title', () => {
  it('and say language and media type where they have one', async () => {
    const links = z.array(
      z.strictObject({
        href: z.url(),
        title: z.string().min(1),
        type: z.enum(['text/html', 'application/json']).optional(),
        hreflang: z
          .array(z.enum(['en', 'zh']))
          .min(1)
          .optional(),
      }),
    )
    for (const path of [LOT, `/01/${several}`]) {
      for (const { anchor: _, itemDescription: __, ...typed } of linksetOf(await get(path, LINKSET))) {
        expect(Object.keys(typed).length).toBeGreaterThan(3)
        for (const [type, found] of Object.entries(typed)) {
          expect(type).toMatch(/^https:\/\/ref\.gs1\.org\/voc\/[a-zA-Z]+$/)
          expect(links.parse(found).length).toBeGreaterThan(0)
        }
      }
    }
  })
})

describe('If supporting multiple links per item, SHALL recognise the GS1 Web vocabulary namespace', () => {
  it('and has no link types but those of GS1, so none of ours can duplicate one', async () => {
    const contexts = linksetOf(await get(`/01/${several}/10/B-2`, LINKSET))
    const types = contexts
      .flatMap((context) => Object.keys(context))
      .filter((name) => name.startsWith('http'))
    const names = [
      'certificationInfo',
      'defaultLink',
      'defaultLinkMulti',
      'pip',
      'recallStatus',
      'traceability',
    ]
    expect([...new Set(types)].toSorted()).toEqual(names.map((name) => VOC + name))
  })
})
