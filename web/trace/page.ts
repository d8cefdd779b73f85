import type { Passport } from '../../shared/domain/passport/passport.ts'
import { carbon } from './carbon.ts'
import { checks } from './checks.ts'
import { claims } from './claims.ts'
import { contact } from './contact.ts'
import { documentOf } from './document.ts'
import { about, opening } from './facts.ts'
import { foot } from './foot.ts'
import { html, scriptOf } from './html.ts'
import { journey } from './journey.ts'
import { lab } from './lab.ts'
import type { Language } from './language.ts'
import { origins } from './origins.ts'
import { plainStatement, statement } from './statement.ts'
import { preview } from './preview.ts'
import { STARTER, verify, type Verifier } from './verify.ts'
import { banner } from './status.ts'
import { plainTitleOf, viewOf } from './view.ts'

export type { NoticeKind } from './catalogue.ts'
export { languageOf, type Language } from './language.ts'
export { linkedData } from './linked-data.ts'
export { renderNotice } from './notice.ts'
export { STYLE } from './style.ts'
export type { Verifier, VerifierScript } from './verify.ts'

export interface PageOptions {
  readonly lang: Language
  /** The address that the batch's QR code leads to. */
  readonly publicUrl: string
  /** Where there is none, nobody is offered to check the story in the page. */
  readonly verifier?: Verifier | undefined
}

/** The public page of a batch: a whole HTML document, made from the passport and nothing else. */
export function renderPassport(passport: Passport, { lang, publicUrl, verifier }: PageOptions): string {
  const view = viewOf(passport, lang)
  const alert = banner(view)
  const isVoid = passport.status === 'void'
  // A link that is passed on shows title and description alone, so they too begin with what matters most.
  const title = [...(alert ? [alert.title] : []), plainTitleOf(view)].join(' · ')
  const description = isVoid ? view.words.status.void.text : plainStatement(view)
  return documentOf({
    lang,
    title,
    description,
    head: preview(view, { title, description, publicUrl, isAlert: alert !== undefined }),
    main: html`<article>
      ${alert?.markup}${opening(view)}${isVoid ? undefined : statement(view)}${about(view, publicUrl)}${
        isVoid
          ? undefined
          : [origins(view), journey(view), claims(view), lab(view), carbon(view), checks(view)]
      }${verifier && [verify(view, verifier), scriptOf(STARTER)]}${contact(view)}
    </article>`,
    foot: foot(view),
  })
}
