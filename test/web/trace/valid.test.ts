import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { renderNotice } from '../../../web/trace/page.ts'
import { page } from './reading.ts'
import {
  CLAIMED,
  HANDED,
  HELD,
  HOSTILE,
  LARGEST,
  MIXED,
  PELLETS,
  PICKUP,
  PRODUCT,
  SHORE,
  VOID,
} from './samples.ts'

/**
 * By the content model of the HTML standard, and the accessibility rules that can be told from markup. What a style guide
 * would have otherwise is left to us: void elements that close themselves, `<meta charset>` in any case.
 */
const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'doctype-style': 'off',
  },
})

async function complaintsAbout(markup: string): Promise<string[]> {
  const { results } = await validator.validateString(markup)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${ruleId} at ${line}:${column}: ${message}`),
  )
}

const SAMPLES = { CLAIMED, HANDED, HELD, LARGEST, MIXED, PELLETS, PICKUP, PRODUCT, SHORE, VOID }

describe.each(['en', 'zh'] as const)('In %s', (lang) => {
  it.each(Object.entries(SAMPLES))('the page is valid HTML: %s', async (_, passport) => {
    expect(await complaintsAbout(page(passport, lang))).toEqual([])
  })

  it.each(['unknown', 'malformed', 'preparing', 'unavailable'] as const)(
    'the page in place of one is valid HTML: %s',
    async (kind) => {
      expect(await complaintsAbout(renderNotice(kind, { lang, id: HOSTILE }))).toEqual([])
    },
  )
})
