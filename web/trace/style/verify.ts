/** The offer to check the story, and what came of it. */
export const VERIFY_STYLE = `
.verify button { font: 600 1rem/1.4 var(--text); color: var(--paper); background: var(--sea); border: 0; border-radius: 4px; padding: .75rem 1.25rem; cursor: pointer; }
.verify button:disabled { background: var(--soft); cursor: default; }
.verify [hidden] { display: none; }
.told > * { max-width: 46rem; margin-top: 1rem; }
.told .verdict { font: 500 clamp(1.25rem, 3.4vw, 1.75rem)/1.3 var(--display); border-left: 3px solid var(--river); padding-left: .9rem; }
.told progress { display: block; width: 100%; height: .5rem; accent-color: var(--sea); }
.told tr.off * { color: var(--lost); font-weight: 600; }
.told td:nth-child(n), .told thead th + th { text-align: right; white-space: nowrap; }
@media (max-width: 36rem) { .told td:last-child, .told thead th:last-child { white-space: normal; } }
.told code { display: block; font-size: .8125rem; }
`
