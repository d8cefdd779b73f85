import { groupedId } from '../../shared/domain/ids.ts'
import type { LocalName } from '../../shared/domain/organisation.ts'
import { html, named, type Child, type Html } from './html.ts'
import { nameIn, nameOr, titleOf, type View } from './view.ts'

/** The opening: what this is, in a title, and what the reader should know at once of how it stands. */
export function opening(view: View): Html {
  const { passport, words } = view
  return html`<div class="opening">
    <p class="eyebrow">${words.stages[passport.stage]}</p>
    <h1>${named(titleOf(view))}</h1>
    ${note(view)}
  </div>`
}

/** The facts about it, and the tag that identifies it. */
export function about(view: View, publicUrl: string): Html {
  return html`<section class="about" aria-labelledby="about">
    <div>
      <h2 id="about">${view.words.facts.heading}</h2>
      <dl class="facts">
        ${factsOf(view).map(
          ([term, value]) =>
            html`<div>
              <dt>${term}</dt>
              <dd>${value}</dd>
            </div> `,
        )}
      </dl>
    </div>
    ${tag(view, publicUrl)}
  </section>`
}

function note(view: View): Html | undefined {
  const { passport, words } = view
  const notes = {
    'used-up': whyNothingIsLeft(view),
    'in-transit': words.status.inTransit,
    active: '',
    void: '',
  }
  const text = notes[passport.status]
  return text === '' ? undefined : html`<p class="status">${text}</p>`
}

/** Material that went missing on the road was not processed, and the page must not say that it was. */
function whyNothingIsLeft({ passport, words, format }: View): string {
  const { massGrams, lostGrams = 0 } = passport
  if (lostGrams === 0) return words.tag.usedUp
  const { missing } = words.status
  return lostGrams >= massGrams ? missing.all : missing.some(words.kg(format.kg(lostGrams)))
}

/** Of a batch that never was, only who recorded what and when is said: its figures hold no more. */
function factsOf({ passport, words, format, lang }: View): [string, Child][] {
  const { facts } = words
  const { stage, product } = passport
  const rows: [string, Child][] = []
  const heldBy = (holder: LocalName): [string, Child] => [facts.heldBy, nameOr(holder, lang, facts.unnamed)]
  const isVoid = passport.status === 'void'
  if (product && !isVoid) {
    rows.push([
      facts.quantity,
      facts.units(product.units, format.count(product.units), format.grams(product.gramsPerUnit)),
    ])
  }
  if (!isVoid) rows.push([facts.mass, words.kg(format.kg(passport.massGrams))])
  // A product says by its name what it is; material is told by its form.
  if (passport.form !== 'product') rows.push([facts.form, words.forms[passport.form]])
  rows.push(
    [facts.polymer, words.polymers[passport.polymer]],
    [facts.by[stage], nameOr(passport.madeBy, lang, facts.unnamed)],
    ...(passport.heldBy ? [heldBy(passport.heldBy)] : []),
    [facts.site, siteName({ passport, words, lang })],
    [
      facts.date[stage],
      html`<time datetime="${passport.occurredAt}">${format.day(passport.occurredAt)}</time>`,
    ],
  )
  if (product?.recycledShareBp !== undefined && !isVoid)
    rows.push([facts.recycled, format.percent(product.recycledShareBp)])
  if (product?.gtin) rows.push([facts.gtin, html`<span class="digits">${product.gtin}</span>`])
  if (product?.lot) rows.push([facts.lot, named(product.lot)])
  return rows
}

/** A site that nobody named is known by its id alone, and the page says so. */
function siteName({ passport, words, lang }: Pick<View, 'passport' | 'words' | 'lang'>): Child {
  const { site } = passport
  const name = nameIn(site, lang)
  return name === undefined || name === site.id ? words.facts.unnamedSite(named(site.id)) : named(name)
}

function tag({ passport, words }: View, publicUrl: string): Html {
  // What never was has no code any more: nothing may carry it.
  const code = html`<img src="/v1/batches/${passport.id}/qr.svg" width="132" height="132" loading="lazy" alt="${words.tag.qr}" />`
  return html`<aside class="tag" aria-label="${words.tag.heading}">
    ${passport.status === 'void' ? undefined : code}
    <p class="id"><span>${words.tag.heading}</span> <a href="${publicUrl}">${groupedId(passport.id)}</a></p>
  </aside>`
}
