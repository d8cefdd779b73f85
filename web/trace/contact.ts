import { groupedId } from '../../shared/domain/ids.ts'
import { html, named, type Html } from './html.ts'
import { nameOr, type View } from './view.ts'

/**
 * Whom to ask, and to tell that something is wrong: the maker, at the address that it gave for that. There is no form
 * here: nothing that a reader writes passes through us, so there is nothing to flood and nothing to keep.
 */
export function contact(view: View): Html {
  const { passport, words, lang } = view
  const said = words.contact
  const maker = nameOr(passport.madeBy, lang, words.facts.unnamed)
  const id = groupedId(passport.id)
  const address = addressOf(passport.contact, id)
  const number = html`<span class="whole">${id}</span>`
  return html`<section class="plain contact" aria-labelledby="contact">
    <h2 id="contact">${said.heading}</h2>
    <p class="lead">${address ? said.ask(maker, number) : said.none(maker, number)}</p>
    ${address && html`<p class="address">${address}</p>`}
    <p class="note">${said.privacy}</p>
  </section>`
}

/** As a link that is also written out, since not every app that scans codes can write mail. What is neither kind is nobody's address. */
function addressOf(contact: string | undefined, id: string): Html | undefined {
  if (contact === undefined) return undefined
  if (/^https:\/\/[!-~]+$/.test(contact)) {
    return html`<a href="${contact}" rel="nofollow">${named(contact.replace(/^https:\/\//, '').replace(/\/$/, ''))}</a>`
  }
  if (!/^[!-~]+@[!-~]+$/.test(contact)) return undefined
  const [name = '', host = ''] = contact.split('@').map(encodeURIComponent)
  return html`<a href="mailto:${name}@${host}?subject=${id}">${named(contact)}</a>`
}
