/** What is certified, the class of a pickup, laboratory results, the carbon account. */
export const SECTIONS_STYLE = `
.claims .claim { font: 500 clamp(1.125rem, 2.6vw, 1.375rem)/1.45 var(--text); }
.ocean { margin-top: 1.75rem; border-top: 1px solid var(--rule); padding-top: 1rem; }
.ocean p { margin-top: .4rem; }
section.plain { border-top: 1px solid var(--rule); padding-top: 1.5rem; }
.plain > p, .plain > ul, .plain > table, .plain > details { max-width: 46rem; margin-top: 1rem; }
.plain > p.figure { margin-top: .75rem; }
.address { font: 500 clamp(1.125rem, 2.6vw, 1.375rem)/1.45 var(--text); }
.plain h3 { margin-top: 1.75rem; }
.certificates li, .listed li { margin-top: .5rem; max-width: 46rem; }
.listed li { padding-left: 1.1rem; position: relative; }
.listed li::before { content: ""; position: absolute; left: 0; top: .7em; width: .5rem; height: 2px; background: var(--sea); }
.lab td:nth-child(n), .lab thead th:nth-child(n) { text-align: left; white-space: normal; }
.lab td:last-child { font-weight: 600; }
.carbon .figure { font: 500 clamp(1.6rem, 4.4vw, 2.4rem)/1.2 var(--display); }
.figure strong { font-weight: inherit; color: var(--sea); font-variant-numeric: lining-nums; }
summary { cursor: pointer; padding: .5rem 0; color: var(--sea); text-decoration: underline; text-underline-offset: .2em; text-decoration-thickness: 1px; }
.factors { margin-top: .5rem; }
details .note { margin-top: 1rem; max-width: none; }
details li { margin-top: .4rem; }
details li strong { font-weight: 600; color: var(--ink); }
@media (min-width: 56rem) {
  section.plain { display: grid; grid-template-columns: 18rem minmax(0, 1fr); column-gap: 3.5rem; }
  .plain > * { grid-column: 2; }
  .plain > h2 { grid-column: 1; grid-row: 1 / span 30; }
  .plain > h2 + * { margin-top: .3rem; }
  .plain > h2 + p.figure { margin-top: 0; }
}
@media (max-width: 36rem) {
  .lab thead th:nth-child(n) { width: 25%; }
  .lab thead th:first-child { width: 31%; }
  .lab thead th:last-child { width: 19%; }
  .factors thead th:nth-child(n) { width: 31%; }
  .factors thead th:first-child { width: 38%; }
}
`
