import { html, type Html } from './html.ts'
import { nameOr, type View } from './view.ts'

/** Who stands behind the page and how to check it: the maker, the last update, the history's length and last hash. */
export function foot({ passport, words, format, lang }: View): Html {
  const { madeBy, stage, updatedAt, version, head } = passport
  return html`<dl class="facts">
      <div>
        <dt>${words.facts.by[stage]}</dt>
        <dd>${nameOr(madeBy, lang, words.facts.unnamed)}</dd>
      </div>
      <div>
        <dt>${words.foot.updated}</dt>
        <dd><time datetime="${updatedAt}">${format.day(updatedAt)}</time></dd>
      </div>
      <div>
        <dt>${words.foot.version}</dt>
        <dd>${words.foot.events(version)}</dd>
      </div>
      <div>
        <dt>${words.foot.hash}</dt>
        <dd><code title="${head}">${head.slice(0, 12)}…</code></dd>
      </div>
    </dl>
    <p><a href="?format=json" type="application/json">${words.foot.json}</a> · ${words.foot.source}${words.space}${words.foot.utc}</p>`
}
