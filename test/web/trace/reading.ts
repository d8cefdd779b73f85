import type { Passport } from '../../../shared/domain/passport/passport.ts'
import { renderPassport, type Language } from '../../../web/trace/page.ts'

/** A passport's page. */
export const page = (passport: Passport, lang: Language = 'en'): string =>
  renderPassport(passport, { lang, publicUrl: `https://tidemark.example/b/${passport.id}` })

/** What a reader sees, without markup and with single spaces. */
export function words(markup: string): string {
  return markup
    .replaceAll(/<style>.*?<\/style>|<head>.*?<\/head>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00A0]+/g, ' ')
}

/** What a reader of a passport's page sees. */
export const read = (passport: Passport, lang: Language = 'en'): string => words(page(passport, lang))

/** Elements that were opened and not closed, or closed in the wrong order. */
export function unclosed(markup: string): string[] {
  const open: string[] = []
  const body = markup.replace(/<style>.*?<\/style>/s, '').replace('<!doctype html>', '')
  for (const [, slash, name = '', rest = ''] of body.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi,
  )) {
    if (slash === '/') {
      if (open.pop() !== name) return [...open, `/${name}`]
    } else if (!/^(?:meta|link|img)$/.test(name) && !rest.endsWith('/')) open.push(name)
  }
  return open
}
