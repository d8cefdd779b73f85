import { claimStatement, type LotClaim } from '../../shared/domain/checks/claim.ts'
import type { Passport } from '../../shared/domain/passport/passport.ts'
import { html, named, type Html } from './html.ts'
import { isAboutRecords } from './status.ts'
import type { View } from './view.ts'
import { certified } from './words/claims.ts'

/** What is certified: a sentence for each scheme, with the model of its chain of custody; or plainly that nothing is. */
export function claims(view: View): Html {
  const { passport, words } = view
  const { heading, models, obp, rounding } = words.claims
  const sentences = sentencesOf(view)
  return html`<section class="plain claims" aria-labelledby="claims">
    <h2 id="claims">${heading}</h2>
    ${
      sentences.length === 0
        ? unclaimed(view)
        : html`${sentences.map(({ sentence }) => html`<p class="claim">${sentence}</p>`)}${doubt(view)}
            <p>${models[passport.certified.model]}</p>
            <p class="note">
              ${rounding}${words.space}${sentences.some(({ scheme }) => scheme === 'OBP') ? obp : undefined}
            </p>
            ${certificates(view)}`
    }
  </section>`
}

interface Claimed {
  readonly scheme: string
  readonly sentence: string
}

/** A scheme whose claim the model does not bear, or that comes to nothing, is not mentioned. */
function sentencesOf({ passport, format, lang }: View): Claimed[] {
  return Object.entries(passport.certified.claims).flatMap(([scheme, grams]) => {
    const statement = claimStatement(lotOf(passport, grams), certified(scheme), format.percent)
    return statement ? [{ scheme, sentence: statement[lang] }] : []
  })
}

/** The lot as the claim was decided on: what was added is no more than what is not certified. */
function lotOf(
  { certified: { model }, massGrams, otherMaterialGrams, ...rest }: Passport,
  grams: number,
): LotClaim {
  const others = rest.otherOrigins.reduce((sum, { count }) => sum + count, 0)
  const collectors = rest.journey
    .filter(({ step }) => step === 'collection')
    .reduce((sum, { sites, moreSites }) => sum + sites.length + moreSites, 0)
  return {
    model,
    massGrams,
    claimGrams: grams,
    sources: Math.max(monthsAtPlaces(rest.origins) + others, collectors),
    addedGrams: Math.min(otherMaterialGrams, massGrams - grams),
  }
}

/** A place within one month counts once, however much is known of what was found there. */
function monthsAtPlaces(origins: Passport['origins']): number {
  const ends = origins.flatMap(({ placeId, from, to }) => [`${placeId} ${from}`, `${placeId} ${to}`])
  return new Set(ends).size
}

/** Those that the claims rest on, each with its validity. */
function certificates({ passport, words, format }: View): Html {
  const said = words.claims.certificates
  const items = passport.certificates.map(({ scheme, number, body, validFrom, validTo, withdrawnAt }) => {
    const sentence = said.sentence(scheme, named(number), named(body), format.days(validFrom, validTo))
    const withdrawn = withdrawnAt && html`${words.space}${said.withdrawn(format.day(withdrawnAt))}`
    return html`<li>${sentence}${withdrawn}</li> `
  })
  return html`<h3>${said.heading}</h3>
    ${items.length === 0 ? html`<p>${said.none}</p>` : html`<ul class="certificates">${items}</ul>`}`
}

function unclaimed({ passport, shares, words }: View): Html {
  const traced = shares.collected.grams > 0
  return html`<p>
    ${words.claims.none(passport.stage)}${words.space}${traced ? words.claims.traced : undefined}
  </p>`
}

function doubt({ passport, words }: View): Html | undefined {
  if (!passport.holds.some(({ reason }) => isAboutRecords(reason))) return undefined
  return html`<p class="doubt"><strong>${words.status.hold.inDoubt}</strong></p>`
}
