import { CATALOGUES, type Catalogue } from './catalogue.ts'
import { html, textOf, type Html } from './html.ts'
import type { Language } from './language.ts'
import { STYLE } from './style.ts'

export interface Document {
  readonly lang: Language
  readonly title: string
  readonly description: string
  /** What only some pages have in their head. */
  readonly head?: Html
  readonly main: Html
  readonly foot?: Html
}

/** A circle on a tide line: the wordmark's sign, drawn small. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%230b4f6c'/%3E%3Ccircle cx='16' cy='12' r='5' fill='%23fff'/%3E%3Cpath d='M5 22q5.5-5 11 0t11 0' fill='none' stroke='%23fff' stroke-width='2.5'/%3E%3C/svg%3E"

/** A whole page. The style goes in as it is, outside of the escaping template, because its hash is in the CSP. */
export function documentOf({ lang, title, description, head, main, foot }: Document): string {
  const words = CATALOGUES[lang]
  const top = html`<html lang="${words.locale}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title} · Tidemark</title>
      <meta name="description" content="${description}" />
      ${LOOK}
      ${head}`
  const body = html`</head><body>
${MASTHEADS[lang]}
<main id="main">${main}</main>
<footer>${foot}<p>${words.foot.about}</p></footer>
</body></html>
`
  return `<!doctype html>\n${textOf(top)}<style>${STYLE}</style>${textOf(body)}`
}

/** The colours and the icon of every page. */
const LOOK = html`<meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#f7f9f9" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#0e1a20" media="(prefers-color-scheme: dark)" />
      <link rel="icon" href="${ICON}" />`

const MASTHEADS: Readonly<Record<Language, Html>> = {
  en: masthead(CATALOGUES.en),
  zh: masthead(CATALOGUES.zh),
}

function masthead({ skip, languages, other }: Catalogue): Html {
  return html`<a class="skip" href="#main">${skip}</a>
<header class="masthead">${wordmark()}<nav aria-label="${languages}"><a href="?lang=${other.lang}" hreflang="${other.lang}" lang="${other.lang}">${other.label}</a></nav></header>`
}

function wordmark(): Html {
  return html`<a class="wordmark" href="/">
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <circle cx="12" cy="8" r="4.5" />
      <path d="M2 18q5-5 10 0t10 0" /></svg
    >Tidemark
  </a>`
}
