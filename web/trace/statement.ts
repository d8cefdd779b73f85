import type { Found } from '../../shared/domain/geo/coast/found.ts'
import { coordinate } from './coordinate.ts'
import { html, join, named, plain, type Html } from './html.ts'
import { isPlaced, placesOf, sumOf } from './shares.ts'
import { nameIn, type View } from './view.ts'

/**
 * How much of it was collected where, as far as that is known: one sentence, a bar to scale, and what the figures do
 * and do not mean.
 */
export function statement(view: View): Html {
  const { passport, words } = view
  const blend = words.share.blend(passport.stage)
  return html`<section class="statement" aria-labelledby="share">
    <h2 id="share" class="${lookOf(view.shares)}">${headline(view)}</h2>
    ${bar(view)} ${legend(view)}
    <p>${placesSentence(view)}${words.space}${restSentence(view)}</p>
    ${blend === undefined ? undefined : html`<p class="note">${blend}</p>`}
  </section>`
}

/** One share that counts is set large. The style cannot see by itself that it is the only one before all has come in. */
function lookOf({ groups }: View['shares']): string {
  const isAlone = groups.filter(({ found }) => CLOSE.has(found)).length === 1
  return (groups.length > 2 ? 'many' : 'few') + (isAlone ? ' one' : '')
}

/** The same sentence without markup, for the page's description. */
export function plainStatement({ passport, shares, words, format }: View): string {
  const { stage } = passport
  if (shares.groups.length === 0) return words.found.nothing(stage)
  const [beginning = '', ...parts] = words.found.statement(
    stage,
    shares.groups.map(({ found }) => found),
  )
  return (
    beginning + shares.groups.map(({ share }, index) => format.share(share) + (parts[index] ?? '')).join('')
  )
}

function headline({ passport, shares, words, format }: View): Html | string {
  const { stage } = passport
  if (shares.groups.length === 0) return words.found.nothing(stage)
  const [beginning, ...parts] = words.found.statement(
    stage,
    shares.groups.map(({ found }) => found),
  )
  return html`${beginning}${shares.groups.map(({ found, share }, index) => [
    CLOSE.has(found) ? html`<strong>${format.share(share)}</strong>` : format.share(share),
    parts[index],
  ])}`
}

/** What is not known to be from near the sea does not stand out. */
const CLOSE: ReadonlySet<Found> = new Set(['sea', 'shore', 'river', 'near-coast'])

/** The places that things were found at; and apart from them those where they were only taken in. */
function placesSentence(view: View): Html | undefined {
  const { words } = view
  const [found, takenIn] = [placesIn(view, true), placesIn(view, false)]
  const sentences = [
    ...(found ? [words.share.places(found)] : []),
    ...(takenIn ? [words.share.takenIn(takenIn)] : []),
  ]
  return sentences.length === 0 ? undefined : join(sentences, words.space)
}

function placesIn({ shares, words, format, lang }: View, placed: boolean): Html | undefined {
  const groups = shares.groups.filter((group) => isPlaced(group) === placed)
  const items = placesOf(groups).map(({ origin, share }) => {
    const name = nameIn(origin.name, lang) ?? origin.placeId
    return whole(name, words.share.item(format.share(share), named(name)))
  })
  const others = sumOf(groups.flatMap((group) => (group.others ? [group.others.share] : [])))
  if (others) items.push(words.share.item(format.share(others), words.share.smaller))
  return items.length === 0 ? undefined : join(items, words.listSeparator)
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

/** One segment per origin, by grams, in the colour of what is known of it; what was added has colours of its own. */
function bar({ shares, words, format, lang }: View): Html {
  const segments = [
    ...shares.groups.flatMap(({ found, places, others }) => [
      ...places.map(({ origin, share }) => {
        const name = `${nameIn(origin.name, lang) ?? origin.placeId}, ${words.found.names[found]}`
        return { share, kind: found, name }
      }),
      ...(others ? [{ share: others.share, kind: found, name: words.found.names[found] }] : []),
    ]),
    { share: shares.otherMaterial, kind: 'added', name: words.share.otherMaterial },
    { share: shares.virgin, kind: 'virgin', name: words.share.virgin },
  ].filter(({ share }) => share.grams > 0)
  let from = 0
  const drawn = segments.map(({ share, kind, name }) => {
    const x = from
    from += (share.grams / share.ofGrams) * BAR
    const title = html`<title>${plain(name)} ${format.shareFixed(share)}</title>`
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
    ${shares.groups.map(({ found }) => html`<li class="${found}">${words.found.names[found]}</li>`)}
    ${shares.otherMaterial.grams > 0 ? html`<li class="added">${words.share.otherMaterial}</li>` : undefined}
    ${shares.virgin.grams > 0 ? html`<li class="virgin">${words.share.virgin}</li>` : undefined}
  </ul>`
}
