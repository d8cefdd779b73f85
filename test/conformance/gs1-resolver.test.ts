import { describe, expect, it } from 'vitest'
import { resolverView } from '../../shared/contract/answers/service.ts'
import { batchOf, jsonOf, problemOf } from '../client.ts'
import { linksetOf, locationOf, LOT, PAGE, resolverForTests, VOC } from './gs1-asking.ts'
import { CONFORMANCE_GTINS } from './gs1-lots.ts'

/**
 * The conformance statement of GS1-Conformant Resolver 1.2, clause by clause, as GS1's test suite lists it, each under
 * its own words. What is said of linksets is in gs1-linkset.test.ts, and of TLS in gs1-tls.test.ts.
 */
const { client, here, lots, get, at, passport } = resolverForTests()
const { single, several, unknown } = CONFORMANCE_GTINS

describe('SHALL support HTTP 1.1 (or higher) GET, HEAD and OPTIONS requests', () => {
  it('GET leads to the passport, HEAD says the same without a body, OPTIONS says what is allowed', async () => {
    const [read, head, options] = await Promise.all(
      ['GET', 'HEAD', 'OPTIONS'].map((method) => client().send(method, LOT)),
    )
    expect([read?.status, head?.status, options?.status]).toEqual([307, 307, 204])
    expect(head?.headers.get('location')).toBe(read?.headers.get('location'))
    expect(head?.text).toBe('')
    expect(options?.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  it('and no other', async () => {
    const answer = await client().send('DELETE', LOT)
    expect(problemOf(answer)).toMatchObject({ status: 405, code: 'method-not-allowed' })
  })
})

describe('SHALL support CORS', () => {
  it.each([
    LOT,
    `${LOT}?linkType=linkset`,
    `/01/${several}`,
    `/01/${unknown}`,
    '/01/1',
    '/.well-known/gs1resolver',
  ])('pages of other sites may read %s, its links and where it leads', async (path) => {
    const { headers } = await get(path)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS')
    expect(headers.get('access-control-expose-headers')).toBe('etag, link, location')
  })
})

describe('SHALL extract and syntactically validate the URI, and report errors with an HTTP response code of 400', () => {
  it.each([
    [`/01/${single.slice(1)}/10/ONLY`, `write ${single}`],
    [`/01/${single.slice(0, -1)}0/10/ONLY`, 'does not check'],
    [`${LOT}/foo`, 'without a value'],
    [`/01/${single}/99/A`, 'does not qualify a GTIN'],
    [`/01/${single}/21/1/10/ONLY`, 'in this order'],
    [`/01/${single}/10/${'A'.repeat(21)}`, 'at most 20'],
    [`/01/${single}/10/%E6%B5%B7`, 'does not allow'],
    [`/01/${single}/10/%`, 'encodes no character'],
    [`${LOT}?21=7`, 'belongs into the path'],
  ])('%s is refused, with what is wrong', async (path, says) => {
    const problem = problemOf(await get(path))
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request' })
    expect(problem.detail).toContain(says)
  })

  it('compressed URIs are refused too, which 1.2 would have decompressed: none of our codes is one', async () => {
    const problem = problemOf(await get(`/01/${single}/EHAlvFhvhQ`))
    expect(problem).toMatchObject({ status: 400 })
    expect(problem.detail).toContain('compressed links are not read here')
  })
})

describe('SHALL NOT use a 200 OK response code with a resource that indicates an error condition', () => {
  it.each([
    ['/01/1', 400],
    [`/01/${unknown}`, 404],
    [`/01/${unknown}/10/A`, 404],
    [`${LOT}?linkType=gs1:recipeInfo`, 404],
  ])('%s is %i, for programs and on a page for people', async (path, status) => {
    expect(problemOf(await get(path)).status).toBe(status)
    for (const [lang, html] of [
      ['en', '<html lang="en"'],
      ['zh', '<html lang="zh'],
    ] as const) {
      const page = await get(path, { ...PAGE, 'accept-language': lang })
      expect([page.status, page.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
      expect(page.text).toContain(html)
      expect(page.headers.get('cache-control')).toBe('no-store')
    }
  })
})

describe('SHALL redirect to the default link unless the request can be matched to a better one', () => {
  it.each([
    LOT,
    `${LOT}/`,
    `${LOT}/21/7`,
    `/01/${single}`,
    `/01/${single}/22/2A`,
    `/01/${single}/21/ONLY-500`,
  ])('%s leads to the passport of its lot', async (path) => {
    expect(locationOf(await get(path))).toBe(passport())
  })

  it('may be kept for an hour where the lot was named, and shortly where it is only the first of its GTIN', async () => {
    const kept = async (path: string) => (await get(path)).headers.get('cache-control')
    expect(await kept(LOT)).toBe('public, max-age=3600')
    expect(await kept(`/01/${single}`)).toBe('public, max-age=30')
  })

  it('leads to a passport that is there, in the language of whoever follows', async () => {
    const location = locationOf(await get(LOT, PAGE))
    const page = await get(location, { ...PAGE, 'accept-language': 'zh-CN' })
    expect(page.status).toBe(200)
    expect(page.text).toContain('<html lang="zh')
  })

  it('leads programs that would rather have JSON to the passport as JSON', async () => {
    expect(locationOf(await get(LOT, { accept: 'application/json' }))).toBe(`${passport()}?format=json`)
  })
})

describe('SHALL redirect to the requested linkType if available', () => {
  it.each(['gs1:pip', 'gs1:traceability', 'gs1:recallStatus', `${VOC}pip`, 'https://gs1.org/voc/pip'])(
    '%s',
    async (type) => {
      const asked = `linkType=${encodeURIComponent(type)}`
      expect(locationOf(await get(`${LOT}?${asked}`))).toBe(`${passport()}?${asked}`)
    },
  )

  it('gs1:certificationInfo of what is certified, and 404 of what is not', async () => {
    const asked = '?linkType=gs1:certificationInfo'
    expect(locationOf(await get(`/01/${several}/10/B-2${asked}`))).toBe(at(`/b/${lots().second}${asked}`))
    expect(problemOf(await get(LOT + asked))).toMatchObject({ status: 404, code: 'not-found' })
  })

  it('gs1:certificationInfo of a GTIN of which one lot has it: to that one, for as long as it is the only one', async () => {
    const answer = await get(`/01/${several}?linkType=gs1:certificationInfo`)
    expect(locationOf(answer)).toBe(at(`/b/${lots().second}?linkType=gs1:certificationInfo`))
    expect(answer.headers.get('cache-control')).toBe('public, max-age=30')
  })

  it('does not, where the link names a lot that is not known: it offers what there is, and no lot as the default', async () => {
    const answer = await get(`/01/${several}/10/OTHER?linkType=gs1:certificationInfo`)
    expect([answer.status, answer.headers.get('location')]).toEqual([300, null])
    const [item, ...others] = linksetOf(answer)
    expect([item?.anchor, others]).toEqual([at(`/01/${several}`), []])
    const types = Object.keys(item ?? {}).filter((name) => name.startsWith('http'))
    expect(types.toSorted()).toEqual([`${VOC}certificationInfo`, `${VOC}defaultLinkMulti`])
    expect(JSON.stringify(item?.[`${VOC}certificationInfo`])).not.toContain(lots().first)
    expect(JSON.stringify(item?.[`${VOC}defaultLinkMulti`])).toContain(lots().first)
  })

  it.each(['gs1:recipeInfo', 'gs1:nonsense', 'pip', 'https://example.org/pip'])(
    '%s is not available: 404, with what is',
    async (type) => {
      const { status, detail } = problemOf(await get(`${LOT}?linkType=${encodeURIComponent(type)}`))
      expect([status, detail]).toEqual([404, expect.stringContaining('linkset, gs1:pip')])
    },
  )
})

describe('SHOULD support Accept-Language, and MAY Accept, to choose among links of one type', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'lang=zh'],
    ['en-GB, zh;q=0.5', 'lang=en'],
    ['fr, zh;q=0.1', 'lang=zh'],
  ])('%s leads to ?%s', async (language, expected) => {
    const answer = await get(`${LOT}?linkType=gs1:traceability`, { 'accept-language': language })
    expect(locationOf(answer)).toContain(`?${expected}&`)
    expect(answer.headers.get('vary')).toContain('accept-language')
  })

  it('chooses none where none of ours is asked for: the page does then', async () => {
    const answer = await get(`${LOT}?linkType=gs1:pip`, { 'accept-language': 'fr' })
    expect(locationOf(answer)).toBe(`${passport()}?linkType=gs1:pip`)
  })

  it('leaves a language that the request itself names as it is', async () => {
    const answer = await get(`${LOT}?linkType=gs1:pip&lang=en`, { 'accept-language': 'zh' })
    expect(locationOf(answer)).toBe(`${passport()}?linkType=gs1:pip&lang=en`)
  })

  it('offers a list, 300, where several match alike', async () => {
    for (const asked of ['', '?linkType=gs1:traceability', '?linkType=gs1:defaultLinkMulti']) {
      const path = `/01/${several}${asked}`
      const answer = await get(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([300, 'application/linkset+json'])
      expect(answer.text).toContain(lots().first)
      expect(answer.text).toContain(lots().second)
    }
    const page = await get(`/01/${several}`, PAGE)
    expect([page.status, page.headers.get('link')]).toEqual([300, expect.stringContaining('rel="linkset"')])
    expect(page.text).toContain(`href="/b/${lots().first}"`)
    expect(page.text).toContain(`href="/b/${lots().second}"`)
  })
})

describe('By default, SHALL pass on all key=value pairs in the query string when redirecting', () => {
  it.each([
    'foo=bar',
    '17=271231&3103=000195&utm_source=%E5%BE%AE%E4%BF%A1',
    'a=1&a=2&b',
    'x=%3Ca%3E&linkType=gs1:pip',
  ])('%s, as it was written', async (query) => {
    expect(locationOf(await get(`${LOT}?${query}`))).toBe(`${passport()}?${query}`)
  })
})

describe('Unknown qualifiers are passed over, up to the GTIN', () => {
  it.each(['/21/501', '/21/anything-else'])('an unknown serial number leads to its lot: %s', async (rest) => {
    expect(locationOf(await get(LOT + rest))).toBe(passport())
  })

  it.each(['/10/OTHER', '/10/OTHER/21/7', '/21/ONLY-501', '/21/7', '/235/X'])(
    'of an unknown lot no other lot’s passport is shown, but all of the GTIN are offered: %s',
    async (rest) => {
      const answer = await get(`/01/${single}${rest}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([300, null])
      expect(linksetOf(answer)[0]?.anchor).toBe(at(`/01/${single}`))
      expect((await get(`/01/${single}${rest}`, PAGE)).text).toContain('is not on record')
    },
  )

  it('a lot that was declared a mistake is not offered, and its own code still leads to it', async () => {
    const offered = await get(`/01/${several}`)
    expect(offered.text).not.toContain(lots().mistaken)
    expect(locationOf(await get(`/01/${several}/10/WRONG`))).toBe(at(`/b/${lots().mistaken}`))
  })
})

describe('If redirecting by a company prefix alone, SHALL annotate it with gs1:handledBy', () => {
  it('does not: a GTIN that is not on record is led nowhere', async () => {
    const answer = await get(`/01/${unknown}/10/A`)
    expect([answer.status, answer.headers.get('location'), answer.headers.get('link')]).toEqual([
      404,
      null,
      null,
    ])
  })
})

describe('SHALL provide a resolver description file at /.well-known/gs1resolver', () => {
  it('which says root, primary keys, link types and context', async () => {
    const answer = await get('/.well-known/gs1resolver')
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(resolverView.parse(jsonOf(answer))).toEqual({
      name: 'Tidemark',
      resolverRoot: here().runtime.url,
      supportedPrimaryKeys: ['01'],
      supportedLinkType: [{ namespace: VOC, prefix: 'gs1:' }],
      linkTypeDefaultCanBeLinkset: false,
      jsonLdContextLocation: 'https://ref.gs1.org/standards/resolver/linkset-context',
    })
  })
})

describe('SHOULD tolerate trailing slashes at the end of GS1 Digital Link URIs', () => {
  it('and answers as without', async () => {
    const [bare, slashed] = await Promise.all([get(LOT), get(`${LOT}/`)])
    expect(locationOf(slashed)).toBe(locationOf(bare))
  })
})

describe('What a code says', () => {
  it('stays what it was when its maker takes to GTINs: both codes lead to one passport', async () => {
    const path = `/b/${lots().later}`
    const before = await get(`${path}?format=json`)
    const gtin = await lots().giveGtin()
    const [old, now] = await Promise.all([get(`${path}?format=json`), get(gtin)])
    expect([before.status, old.status]).toEqual([200, 200])
    expect(locationOf(now)).toBe(at(path))
  })

  it('leads to a page of which no part is what somebody called a product', async () => {
    const page = await get(`/01/${several}`, PAGE)
    expect(page.text).toContain('&lt;script&gt;')
    expect(page.text).not.toContain('<script')
  })

  it('is in what the API answers of the lot, and is none where there is no GTIN', async () => {
    const { keys } = here().runtime.credentials
    const read = async (id: string) => batchOf(await client().get(`/v1/batches/${id}`, { key: keys.brand }))
    expect((await read(lots().only)).links.digitalLink).toBe(at(LOT))
    expect((await read(lots().pellets)).links.digitalLink).toBeUndefined()
  })
})
