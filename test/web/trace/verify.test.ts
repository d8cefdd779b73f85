import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { PAGE_HEADERS, VERIFIABLE_PAGE_HEADERS } from '../../../functions/http/page.ts'
import { renderPassport } from '../../../web/trace/page.ts'
import { STARTER } from '../../../web/trace/verify.ts'
import { HELD, LARGEST, PICKUP, PRODUCT, VOID } from './samples.ts'

/** The offer to check a story in the page, before anybody takes it. */
const script = (lang: string) => ({
  src: `/verify/assets/${lang}-0123456789ab.js`,
  integrity: `sha384-${'A'.repeat(64)}`,
})
const verifier = { en: script('en'), zh: script('zh') }
const publicUrl = 'https://trace.example/b/B7K3M9QXT2ABC'
const LANGUAGES = ['en', 'zh'] as const
const SAMPLES = { HELD, LARGEST, PICKUP, PRODUCT, VOID }

describe.each(LANGUAGES)('the offer, in %s', (lang) => {
  const offered = (passport: typeof PRODUCT): string =>
    renderPassport(passport, { lang, publicUrl, verifier })
  const plain = (passport: typeof PRODUCT): string => renderPassport(passport, { lang, publicUrl })

  it('names the program and its hash, and loads nothing', () => {
    const page = offered(PRODUCT)
    expect(page).toContain(`data-src="${verifier[lang].src}"`)
    expect(page).toContain(`data-integrity="${verifier[lang].integrity}"`)
    expect(page).not.toMatch(/<script[^>]+src|<link rel="(?!icon)[^"]*preload/)
    expect(page.match(/<script/g)).toHaveLength(1)
  })

  it('is not there where nobody knows whom the program is to trust', () => {
    expect(plain(PRODUCT)).not.toMatch(/<script|class="plain verify"/)
  })

  it('weighs less than a kilobyte, and leaves a usual page below 13 KB', () => {
    const [with_, without] = [offered(LARGEST), plain(LARGEST)].map((page) => gzipSync(page).length)
    expect((with_ ?? 0) - (without ?? 0)).toBeLessThan(1024)
    expect(gzipSync(offered(PRODUCT)).length).toBeLessThan(13 * 1024)
  })

  it.each(Object.entries(SAMPLES))('is valid HTML on the page of %s', async (_, passport) => {
    const validator = new HtmlValidate({
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: {
        'void-style': 'off',
        'no-trailing-whitespace': 'off',
        'long-title': 'off',
        'doctype-style': 'off',
      },
    })
    const { results } = await validator.validateString(offered(passport))
    expect(
      results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`)),
    ).toEqual([])
  })
})

describe('the policy of a page', () => {
  const policyOf = (headers: { readonly 'content-security-policy': string }): Map<string, string> =>
    new Map(
      headers['content-security-policy'].split('; ').map((directive) => {
        const [name = '', ...values] = directive.split(' ')
        return [name, values.join(' ')]
      }),
    )

  it('lets nothing run where there is nothing to check', () => {
    const policy = policyOf(PAGE_HEADERS)
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.has('script-src')).toBe(false)
  })

  it('lets one script run, known by its hash, and what that asks for, and lets it ask this address alone', () => {
    const policy = policyOf(VERIFIABLE_PAGE_HEADERS)
    const hash = createHash('sha256').update(STARTER).digest('base64')
    expect(policy.get('script-src')).toBe(`'sha256-${hash}' 'strict-dynamic' 'self'`)
    expect(policy.get('connect-src')).toBe("'self'")
    expect(policy.get('default-src')).toBe("'none'")
    const page = renderPassport(PRODUCT, { lang: 'en', publicUrl, verifier })
    expect(page).toContain(`<script>${STARTER}</script>`)
  })
})
