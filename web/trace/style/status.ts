/** The banner of a batch that must not be used, or never was; above all else, and on paper too. */
export const STATUS_STYLE = `
.banner { background: var(--alert); color: var(--on-alert); margin-top: 1.25rem; padding: 1.25rem clamp(1rem, 3vw, 2rem) 1.4rem; border-radius: 4px; }
.banner .title { font: 500 clamp(1.5rem, 4vw, 2.1rem)/1.25 var(--display); }
.banner .title strong { font-weight: inherit; }
.banner p, .banner li { max-width: 46rem; }
.banner li, .banner p + p, .banner .advice { margin-top: .6rem; }
/* So high for a thumb, and yet no higher than the line: it would move what stands before it. */
.banner li a { margin: -.35rem 0; }
.banner a { color: inherit; font-variant-numeric: tabular-nums; }
.banner :focus-visible { outline-color: currentColor; }
.banner + .opening { padding-top: clamp(1.75rem, 4vw, 3rem); }
.doubt { border-left: 3px solid var(--lost); padding-left: .9rem; }
`
