import { coordinate } from './coordinate.ts'
import { html, join, named, plain, type Html } from './html.ts'
import { nameIn, type View } from './view.ts'

/** How much of it is from the sea: one sentence, a bar to scale, and what the figures do and do not mean. */
export function statement(view: View): Html {
  const { passport, words } = view
  const blend = words.share.blend(passport.stage)
  return html`<section class="statement" aria-labelledby="share">
    <h2 id="share">${headline(view)}</h2>
    ${bar(view)} ${legend(view)}
    <p>${placesSentence(view)}${words.space}${restSentence(view)}</p>
    ${blend === undefined ? undefined : html`<p class="note">${blend}</p>`}
  </section>`
}

/** The same sentence without markup, for the page's description. */
export function plainStatement({ passport, shares, words, format }: View): string {
  const { stage } = passport
  if (shares.collected.grams === 0) return words.share.nothing(stage)
  return words.share.statement(stage).join(format.share(shares.collected))
}

function headline({ passport, shares, words, format }: View): Html | string {
  const { stage } = passport
  if (shares.collected.grams === 0) return words.share.nothing(stage)
  const [before, after] = words.share.statement(stage)
  return html`${before}<strong>${format.share(shares.collected)}</strong>${after}`
}

function placesSentence({ passport, shares, words, format, lang }: View): Html | undefined {
  const items = passport.origins.map((origin, index) => {
    const share = shares.origins[index]
    const name = nameIn(origin.name, lang) ?? origin.placeId
    return share && whole(name, words.share.item(format.share(share), named(name)))
  })
  if (shares.otherPlaces.grams > 0) {
    const { count } = passport.otherOrigins
    const places = words.origins.otherPlaces(count, format.count(count))
    items.push(words.share.item(format.share(shares.otherPlaces), places))
  }
  return items.length === 0 ? undefined : words.share.places(join(items, words.listSeparator))
}

/** A place and its share stay on one line, unless the name is too long for a narrow screen. A line may end before it:
 * browsers do not see that by themselves when a bdi follows Chinese punctuation. */
function whole(name: string, item: Html): Html {
  return name.length > 16 ? item : html`<wbr /><span class="whole">${item}</span>`
}

/** Virgin plastic is always named, and never hides behind other material. */
function restSentence({ shares, words, format }: View): string | undefined {
  const { otherMaterial, virgin, added, collected } = shares
  const { rest, restVirgin, restBoth } = words.share
  if (added.grams === 0) return undefined
  if (otherMaterial.grams > 0 && virgin.grams > 0)
    return restBoth(format.share(added), format.share(virgin), format.share(otherMaterial))
  if (virgin.grams > 0) return restVirgin(format.share(virgin))
  return collected.grams === 0 ? undefined : rest(format.share(otherMaterial))
}

const BAR = 1000

/** One segment per origin, by grams; segments that are not from the sea have their own colour. */
function bar({ passport, shares, words, format, lang }: View): Html {
  const segments = [
    ...shares.origins.map((share, index) => {
      const origin = passport.origins[index]
      return { share, kind: 'sea', name: origin && (nameIn(origin.name, lang) ?? origin.placeId) }
    }),
    {
      share: shares.otherPlaces,
      kind: 'sea',
      name: words.origins.otherPlaces(passport.otherOrigins.count, format.count(passport.otherOrigins.count)),
    },
    { share: shares.otherMaterial, kind: 'added', name: words.share.otherMaterial },
    { share: shares.virgin, kind: 'virgin', name: words.share.virgin },
  ].filter(({ share }) => share.grams > 0)
  let from = 0
  const drawn = segments.map(({ share, kind, name }) => {
    const x = from
    from += (share.grams / share.ofGrams) * BAR
    const title = html`<title>${plain(name ?? '')} ${format.shareFixed(share)}</title>`
    return html`<rect class="${kind}" x="${coordinate(x)}" width="${coordinate(from - x)}" height="10">${title}</rect>`
  })
  return html`<svg
    class="bar"
    viewBox="0 0 ${BAR} 10"
    preserveAspectRatio="none"
    role="img"
    aria-label="${words.share.bar}"
  >
    ${drawn}
  </svg>`
}

function legend({ shares, words }: View): Html {
  return html`<ul class="legend">
    ${shares.collected.grams > 0 ? html`<li class="sea">${words.share.sea}</li>` : undefined}
    ${shares.otherMaterial.grams > 0 ? html`<li class="added">${words.share.otherMaterial}</li>` : undefined}
    ${shares.virgin.grams > 0 ? html`<li class="virgin">${words.share.virgin}</li>` : undefined}
  </ul>`
}
