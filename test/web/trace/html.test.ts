import { describe, expect, it } from 'vitest'
import { html, join, named, plain, textOf } from '../../../web/trace/html.ts'
import { HOSTILE } from './samples.ts'

describe('The html template', () => {
  it('escapes text and quoted attributes alike', () => {
    const name = `<b>"O'Neil" & sons</b>`
    const escaped = '&lt;b&gt;&quot;O&#39;Neil&quot; &amp; sons&lt;/b&gt;'
    expect(textOf(html`<p title="${name}">${name}</p>`)).toBe(`<p title="${escaped}">${escaped}</p>`)
  })

  it('lets only its own results pass, also in lists', () => {
    const items = ['<i>', 'b'].map((item) => html`<li>${item}</li>`)
    expect(textOf(html`<ul>${items}</ul>`)).toBe('<ul><li>&lt;i&gt;</li><li>b</li></ul>')
  })

  it('escapes twice what was text before: an entity in a name stays the text of an entity', () => {
    expect(textOf(html`${'&lt;'}`)).toBe('&amp;lt;')
  })

  it('writes numbers, zero included, and nothing for undefined', () => {
    expect(textOf(html`${0}|${undefined}|${12}`)).toBe('0||12')
  })

  it('joins with separators that are text too', () => {
    expect(textOf(join([html`<b>a</b>`, 'c'], ' < '))).toBe('<b>a</b> &lt; c')
  })

  it('keeps a hostile name inside its bdi', () => {
    const text = textOf(named(HOSTILE))
    expect(text.match(/<[^>]*>/g)).toEqual(['<bdi>', '</bdi>'])
    expect(text).toContain('🐙')
  })

  it('takes marks that turn the direction out of plain names', () => {
    expect(plain('a\u202Eb\u2066c\u200Fd')).toBe('abcd')
  })
})
