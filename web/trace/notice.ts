import { groupedId, readBatchId } from '../../shared/domain/ids.ts'
import { withoutUnseen } from '../../shared/domain/line.ts'
import { CATALOGUES, type NoticeKind } from './catalogue.ts'
import { documentOf } from './document.ts'
import { html, named } from './html.ts'
import type { Language } from './language.ts'

export interface NoticeOptions {
  readonly lang: Language
  /** The id as it was asked for, whatever it holds; one that could be a batch's is shown as on a label. */
  readonly id: string
}

/** An id that is none may be a whole sentence: enough of it to be recognised. */
const SHOWN = 64

function shownOf(id: string): string {
  const known = readBatchId(id)
  if (known !== undefined) return groupedId(known)
  const seen = withoutUnseen(id).trim()
  return seen.length > SHOWN ? `${seen.slice(0, SHOWN)}…` : seen
}

/** Whether the same question may have an answer soon. */
const isForNow = (kind: NoticeKind): boolean => kind === 'preparing' || kind === 'unavailable'

/**
 * The page in place of a passport: `malformed` for a 400, `unknown` for a 404, `preparing` and `unavailable` for a
 * 503. A page that reloads itself takes time from who reads slowly (WCAG 2.2.1), so `preparing` has a link for that.
 * None of them is to be indexed.
 */
export function renderNotice(kind: NoticeKind, { lang, id }: NoticeOptions): string {
  const words = CATALOGUES[lang]
  const { code, title, text, next } = words.notices[kind]
  const shown = shownOf(id)
  return documentOf({
    lang,
    title,
    description: text,
    head: html`<meta name="robots" content="noindex" />`,
    main: html`<div class="notice">
      ${kind === 'preparing' ? undefined : html`<p class="eyebrow">${code}</p>`}
      <h1>${title}</h1>
      <p>${text}${words.space}${next}</p>
      ${shown === '' ? undefined : html`<p class="id"><span>${words.noticeId}</span> ${named(shown)}</p>`}
      ${isForNow(kind) ? html`<p class="on"><a href="">${words.reload}</a></p>` : undefined}
      <p class="on"><a href="/">${words.home}</a></p>
    </div>`,
  })
}
