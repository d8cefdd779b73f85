/** The chart. Sizes are in its own units, 440 across; on a narrow screen letters are larger to come out readable. */
export const CHART_STYLE = `
.chart svg { display: block; width: 100%; height: auto; background: var(--water); border: 1px solid var(--ink); }
.chart { max-width: 34rem; }
.chart figcaption { margin-top: .5rem; }
.chart text { font-family: var(--text); unicode-bidi: isolate; fill: var(--ink); }
.land { fill: var(--land); stroke: var(--coast); stroke-width: .8; }
.grid { fill: none; stroke: var(--ink); stroke-opacity: .13; stroke-width: .6; }
.neatline { fill: none; stroke: var(--ink); stroke-width: 3; stroke-dasharray: 30; }
.neatline + .neatline { stroke-dasharray: 26.2; }
.chart .waters text { fill: var(--soft); font: italic 18px var(--display); letter-spacing: .06em; text-anchor: middle; }
.chart .waters:lang(zh-Hans) text { font-style: normal; letter-spacing: .3em; }
.chart .degrees text { fill: var(--soft); font-size: 11.5px; display: none; }
.leaders { fill: none; stroke: var(--ink); stroke-opacity: .55; stroke-width: .8; }
.marks { fill: var(--mark); fill-opacity: .42; stroke: var(--mark); stroke-width: 1.2; }
.pins { fill: var(--mark); }
.chart .names text { font-size: 19px; font-weight: 600; dominant-baseline: central; }
@media (min-width: 36rem) {
  .chart .degrees text { display: inline; }
  .chart .names text { font-size: 14px; }
  .chart .waters text { font-size: 15px; }
}
`
