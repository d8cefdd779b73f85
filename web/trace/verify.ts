import { html, type Html } from './html.ts'
import type { Language } from './language.ts'
import type { View } from './view.ts'

/** The program that checks a story in the reader's browser: where it is, and the hash that it must have (SRI). */
export interface VerifierScript {
  readonly src: string
  readonly integrity: string
}

/** One for each language, as each says what it finds. */
export type Verifier = Readonly<Record<Language, VerifierScript>>

/**
 * The offer to check the story oneself, for those who have scripts a button, for all others where the records are. The
 * program is not asked for before somebody presses it. The page names its hash, so that whoever keeps files cannot put
 * another in its place.
 */
export function verify({ passport, words, lang }: View, verifier: Verifier): Html {
  const said = words.verify
  const { src, integrity } = verifier[lang]
  const { id, head } = passport
  return html`<section class="plain verify" aria-labelledby="verify" data-batch="${id}" data-head="${head}">
    <h2 id="verify">${said.heading}</h2>
    <p class="lead">${said.offer}</p>
    <p hidden><button type="button" data-src="${src}" data-integrity="${integrity}" data-failed="${said.failed}">${said.button}</button></p>
    <div class="told" role="status"></div>
    <noscript><p>${said.without}</p></noscript>
    <p class="note"><a href="/b/${id}/proof" type="application/jsonl">${said.records}</a></p>
  </section>`
}

/**
 * All that runs in the page by itself: it shows the button, and when that is pressed asks for the program. It stands in
 * the page as it is, and by its hash in the page's policy. It must come right after the section, so that the button is
 * there when that is first drawn, and nothing moves.
 */
export const STARTER = [
  '(d=>{',
  "let b=d.querySelector('.verify button'),o=d.querySelector('.verify .told'),a=b.dataset,",
  "w=()=>b.addEventListener('click',f,{once:!0}),",
  'f=()=>{',
  "let s=d.createElement('script');",
  "b.disabled=!0;s.type='module';s.integrity=a.integrity;s.src=a.src;",
  's.onerror=()=>{b.disabled=!1;o.textContent=a.failed;s.remove();w()};',
  'd.head.append(s)',
  '};',
  'b.parentNode.hidden=!1;w()',
  '})(document)',
].join('')
