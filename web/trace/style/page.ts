/** Ground, masthead, opening, footer, notices. */
export const PAGE_STYLE = `
* { box-sizing: border-box; margin: 0; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.6 var(--text);
  max-width: 70rem;
  margin: 0 auto;
  padding: 0 clamp(1rem, 4vw, 3rem);
  overflow-wrap: anywhere;
}
body:lang(zh-Hans) { line-height: 1.75; }
/* Lines are evened out only where a text comes in at once, and below the first screen: elsewhere they would move. */
h1, h2 { font-family: var(--display); font-weight: 500; line-height: 1.15; text-wrap: balance; }
h1:lang(zh-Hans), h2:lang(zh-Hans) { line-height: 1.35; text-wrap: wrap; }
h1 { font-size: clamp(2rem, 6vw, 3.5rem); letter-spacing: -.01em; max-width: 22em; word-break: keep-all; }
h2 { font-size: clamp(1.5rem, 3.4vw, 2.1rem); }
.plain p:lang(en) { text-wrap: pretty; }
a { color: var(--sea); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--mark); outline-offset: 3px; border-radius: 2px; }
ul, ol { list-style: none; padding: 0; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .5rem; }
.masthead {
  display: flex;
  justify-content: space-between;
  align-items: center;
  padding: 1rem 0;
  border-bottom: 1px solid var(--rule);
}
.masthead nav a { display: inline-block; padding: .6rem 0 .6rem 1rem; }
.wordmark { display: flex; gap: .5rem; align-items: center; padding: .6rem 0; font-weight: 600; letter-spacing: .02em; color: inherit; text-decoration: none; }
.wordmark svg { fill: var(--sea); }
.wordmark path { fill: none; stroke: var(--sea); stroke-width: 2; }
section { margin-top: var(--gap); }
.eyebrow { color: var(--soft); margin-bottom: .5rem; }
.note, figcaption, footer { color: var(--soft); font-size: .875rem; }
.note { max-width: 40rem; }
h2 + .note { margin-top: .5rem; }
.opening { padding-top: clamp(1.75rem, 5vw, 4rem); }
.opening + .statement { margin-top: clamp(1.5rem, 4vw, 2.5rem); }
.about { display: grid; gap: 2rem; grid-template-columns: minmax(0, 1fr); }
.status { border-left: 3px solid var(--mark); padding-left: .9rem; margin-top: 1.25rem; max-width: 36rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 8.25rem), 1fr)); gap: 1rem 1.5rem; margin-top: 1.5rem; }
.facts dt, .id span { color: var(--soft); font-size: .875rem; display: block; }
.facts dd { font-size: .9375rem; font-variant-numeric: tabular-nums; }
.digits { white-space: nowrap; }
.tag { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; }
.tag img { background: #fff; padding: 6px; border: 1px solid var(--rule); border-radius: 4px; flex: none; width: 132px; height: 132px; }
/* Links that stand alone are at least 24 px high (WCAG 2.2, 2.5.8), and more under a thumb. */
.id a, .on a, .verify a, footer a, .banner a, .address a { display: inline-block; padding: .35rem 0; }
.id a { color: inherit; text-decoration: none; font-variant-numeric: tabular-nums; letter-spacing: .04em; font-weight: 600; }
.id a:hover { text-decoration: underline; }
footer { margin-top: var(--gap); padding: 1.5rem 0 3rem; border-top: 1px solid var(--rule); }
footer .facts { margin: 0 0 1.25rem; color: var(--ink); }
footer p { margin-top: .4rem; }
.notice { padding: clamp(3rem, 12vw, 8rem) 0; max-width: 38rem; }
.notice p, .notice ul { margin-top: 1.25rem; }
.notice .id { font-weight: 600; }
.notice .id span { font-weight: 400; }
@media (min-width: 48rem) {
  .about { grid-template-columns: minmax(0, 1fr) 12rem; gap: 4rem; align-items: start; }
  .facts { grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
  .tag { flex-direction: column; align-items: flex-start; gap: .75rem; }
}
`
