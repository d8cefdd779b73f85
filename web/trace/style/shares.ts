/**
 * The statement, its bar, and the table of origins. The less is known of where something was found, the paler it is, and
 * what nobody knows is hollow; land has the colour of land.
 */
export const SHARES_STYLE = `
.statement h2 { font-size: clamp(1.6rem, 4.4vw, 2.75rem); max-width: 24em; text-wrap: wrap; }
.statement h2.many { font-size: clamp(1.35rem, 3.2vw, 2rem); }
.statement h2 strong { color: var(--sea); font-weight: 500; font-variant-numeric: lining-nums; }
.statement .one strong { font-size: 1.6em; line-height: 1; }
.statement p { max-width: 46rem; margin-top: 1rem; }
@media (min-width: 22.5rem) {
  .whole { white-space: nowrap; }
}
.bar { display: block; overflow: visible; width: 100%; height: 1.5rem; margin-top: 1.75rem; }
.bar rect { fill: var(--tint); stroke: var(--paper); stroke-width: 2; vector-effect: non-scaling-stroke; }
.bar .undetermined, .bar .unrecorded { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 4 3; }
.sea { --tint: var(--sea); }
.shore { --tint: var(--shore); }
.river { --tint: var(--river); }
.near-coast { --tint: var(--near); }
.inland { --tint: var(--coast); }
.undetermined { --tint: var(--rule); }
.unrecorded { --tint: var(--paper); }
.added { --tint: var(--added); fill: var(--added); }
.virgin { --tint: var(--virgin); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: .5rem; font-size: .875rem; color: var(--soft); }
.legend li::before, .masses dt::before, .found span::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .5em; border-radius: 2px; background: var(--tint, var(--sea)); }
.legend .undetermined::before, .legend .unrecorded::before, .found .undetermined::before, .found .unrecorded::before { outline: 1px dashed var(--soft); outline-offset: -1px; }
.where { display: grid; grid-template-columns: minmax(0, 1fr); gap: 2rem; margin-top: 1.75rem; }
.where .note { margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9375rem; line-height: 1.4; }
caption { text-align: left; color: var(--soft); font-size: .875rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: baseline; padding: .55rem 0 .55rem .75rem; border-top: 1px solid var(--rule); font-weight: 400; }
th:first-child { padding-left: 0; }
thead th { border-top: 0; color: var(--soft); font-size: .8125rem; padding-top: 0; }
td:nth-last-child(-n + 2), thead th:nth-last-child(-n + 2) { text-align: right; white-space: nowrap; overflow-wrap: normal; }
td:nth-child(2) { word-break: keep-all; }
tbody th { font-weight: 600; }
tbody small { display: block; font-weight: 400; color: var(--soft); font-size: .8125rem; }
.found th { font-weight: 400; color: var(--soft); font-size: .875rem; padding-bottom: 0; }
.found + tr > * { border-top: 0; padding-top: .2rem; }
.found td { color: var(--soft); }
tfoot th, tfoot td { border-top: 2px solid var(--ink); font-weight: 600; }
@media (max-width: 36rem) {
  /* With very large letters a table may be wider than a phone; then it alone moves sideways. */
  .where > div, .plain { overflow-x: auto; }
  table { table-layout: fixed; font-size: .875rem; overflow-wrap: break-word; }
  th, td { padding-left: .35rem; }
  thead th { width: 29%; }
  thead th + th { width: 28%; }
  thead th + th + th { width: 25%; }
  thead th + th + th + th { width: 18%; }
}
@media (max-width: 22.5rem) {
  table { font-size: .8125rem; }
}
@media (min-width: 56rem) {
  .where { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 3.5rem; align-items: start; }
  .unmapped { grid-template-columns: minmax(0, 44rem); }
}
`
