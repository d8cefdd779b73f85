/** The journey: a river down the left, its stages to the right, no gap between one reach and the next. */
export const JOURNEY_STYLE = `
.journey { margin-top: 1.75rem; }
.journey li { display: grid; grid-template-columns: min(3.5rem, 16vw) minmax(0, 1fr); column-gap: min(1rem, 4vw); position: relative; padding-bottom: 2.25rem; }
.stage, .masses { grid-column: 2; }
.reach { position: absolute; left: 0; top: 0; width: min(3.5rem, 16vw); height: calc(100% + 1px); }
.reach .body { fill: var(--stream); }
.masses .body { --tint: var(--stream); }
.reject, .wash-loss, .purge, .other { fill: var(--loss); }
.wash-loss { fill-opacity: .7; }
.transit { fill: var(--lost); fill-opacity: .6; }
.moisture { fill: var(--gone); }
.unaccounted { fill: var(--lost); }
.masses .reject::before, .masses .wash-loss::before, .masses .purge::before, .masses .other::before { background: var(--loss); }
.masses .wash-loss::before { opacity: .7; }
.masses .transit::before { background: var(--lost); opacity: .6; }
.masses .nothing::before { background: var(--rule); }
.masses .moisture::before { background: var(--gone); }
.masses .unaccounted::before { background: var(--lost); }
h3 { font: 600 1.125rem/1.4 var(--text); }
.stage { border-top: 1px solid var(--rule); padding-top: .75rem; }
.stage p { color: var(--soft); font-size: .9375rem; line-height: 1.5; }
.masses { margin-top: .75rem; font-size: .875rem; font-variant-numeric: tabular-nums; }
.masses dt { display: flex; align-items: baseline; overflow-wrap: normal; }
.masses dt::before { flex: none; }
.masses div { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 1rem; padding: .12rem 0; }
.masses dd { margin-left: auto; text-align: right; }
.masses div:last-child { font-weight: 600; }
.handover .masses dt::before { display: none; }
@media (min-width: 56rem) {
  .journey li { grid-template-columns: 10rem minmax(0, 1fr) 20rem; column-gap: 3rem; padding-bottom: 2.5rem; min-height: 10rem; }
  .reach { width: 10rem; }
  .masses { grid-column: 3; margin: 0; font-size: .9375rem; border-top: 1px solid var(--rule); padding-top: .75rem; }
}
`
