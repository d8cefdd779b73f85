import { groupedId } from '../../shared/domain/ids.ts'
import type { PassportHold } from '../../shared/domain/passport/passport.ts'
import { html, type Html } from './html.ts'
import type { View } from './view.ts'
import type { Doubt } from './words/status.ts'

/** What the reader must know before anything else, and how the page's title begins. */
export interface Banner {
  readonly title: string
  readonly markup: Html
}

/** A batch that never was, or one that must not be used. Undefined for all others. */
export function banner(view: View): Banner | undefined {
  const { passport } = view
  if (passport.status === 'void') return voided(view)
  return passport.holds.length > 0 ? held(view) : undefined
}

function voided({ passport, words }: View): Banner {
  const { title, text, next } = words.status.void
  return framed(title(passport.stage), html`<p>${text}</p><p>${next}</p>`)
}

function held(view: View): Banner {
  const { passport, words } = view
  const { hold } = words.status
  const about = passport.holds.map(({ reason }) => doubtOf(reason))
  // Of several holds the strictest advice counts, and material weighs more than records.
  const doubt = about.includes('material') ? 'material' : 'records'
  return framed(
    hold.title(passport.stage),
    html`<ul>
        ${passport.holds.map((one) => html`<li>${reasonOf(one, view)}</li>`)}
        ${passport.moreHolds > 0 ? html`<li>${hold.more(passport.moreHolds)}</li>` : undefined}
      </ul>
      <p class="advice">${hold.advice[doubt][audienceOf(view)]}</p>`,
  )
}

function framed(title: string, text: Html): Banner {
  return {
    title,
    markup: html`<div class="banner" role="alert">
      <p class="title"><strong>${title}</strong></p>
      ${text}
    </div>`,
  }
}

function reasonOf({ reason, since, batch }: PassportHold, view: View): Html {
  const { passport, words, format } = view
  const { hold } = words.status
  const where =
    batch === passport.id
      ? hold.own[audienceOf(view)]
      : hold.upstream(html`<a href="/b/${batch}">${groupedId(batch)}</a>`)
  const day = html`<time datetime="${since}">${format.day(since)}</time>`
  return html`<strong>${hold.reasons[reason]}</strong>${words.space}${where}${words.space}${hold.since(day)}`
}

const audienceOf = ({ passport }: View): 'product' | 'batch' => (passport.product ? 'product' : 'batch')

function doubtOf(reason: PassportHold['reason']): Doubt {
  return isAboutRecords(reason) ? 'records' : 'material'
}

/** Whether a hold puts in doubt what is said of origin and certification. */
export function isAboutRecords(reason: PassportHold['reason']): boolean {
  return reason === 'origin-in-doubt' || reason === 'claim-in-doubt'
}
