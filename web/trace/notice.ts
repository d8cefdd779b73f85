import { CATALOGUES, type NoticeKind } from './catalogue.ts'
import { documentOf } from './document.ts'
import { html, named } from './html.ts'
import type { Language } from './language.ts'

export interface NoticeOptions {
  readonly lang: Language
  /** The id as it was asked for, whatever it holds. */
  readonly id: string
}

/** An id that is none may be a whole sentence: enough of it to be recognised. */
const SHOWN = 64

/**
 * The page in place of a passport: `malformed` for a 400, `unknown` for a 404, `preparing` and `unavailable` for a
 * 503. `preparing` reloads itself after two seconds. None of them is to be indexed.
 */
export function renderNotice(kind: NoticeKind, { lang, id }: NoticeOptions): string {
  const words = CATALOGUES[lang]
  const { code, title, text, next } = words.notices[kind]
  const shown = id.length > SHOWN ? `${id.slice(0, SHOWN)}…` : id
  const refresh = kind === 'preparing' ? html`<meta http-equiv="refresh" content="2" />` : undefined
  return documentOf({
    lang,
    title,
    description: text,
    head: html`<meta name="robots" content="noindex" />${refresh}`,
    main: html`<div class="notice">
      <p class="eyebrow">${kind === 'preparing' ? undefined : code}</p>
      <h1>${title}</h1>
      <p>${text}${words.space}${next}</p>
      ${shown === '' ? undefined : html`<p class="id"><span>${words.noticeId}</span> ${named(shown)}</p>`}
    </div>`,
  })
}
