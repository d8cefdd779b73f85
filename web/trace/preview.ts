import { html, type Html } from './html.ts'
import type { View } from './view.ts'

export interface Preview {
  readonly title: string
  readonly description: string
  readonly publicUrl: string
  /** Whether the page begins with a banner. */
  readonly isAlert: boolean
}

/** Pictures for link previews lie in the static site, see infra/site.ts; `npm run pictures` makes them. */
export const PREVIEW = { width: 1200, height: 630 } as const

/**
 * What stands in the head for who does not read the page: its address and other shapes, and what apps show of a link
 * that is passed on (Open Graph). All addresses are whole, as those apps want them.
 */
export function preview({ words, lang }: View, { title, description, publicUrl, isAlert }: Preview): Html {
  const picture = new URL(`/share/${isAlert ? 'held' : 'page'}-${lang}.png`, publicUrl).href
  const og = {
    type: 'website',
    site_name: 'Tidemark',
    locale: words.preview.locale,
    url: publicUrl,
    title,
    description,
    image: picture,
    'image:width': PREVIEW.width,
    'image:height': PREVIEW.height,
    'image:alt': isAlert ? words.preview.held : words.preview.page,
  }
  return html`<link rel="canonical" href="${publicUrl}" />
    <link rel="alternate" type="application/json" href="?format=json" />
    <link rel="alternate" type="application/ld+json" href="?format=jsonld" />
    ${Object.entries(og).map(([name, value]) => html`<meta property="og:${name}" content="${value}" />`)}
    <meta name="twitter:card" content="summary_large_image" />`
}
