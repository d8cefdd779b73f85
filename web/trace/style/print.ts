/** On paper: light colours whatever the screen has, no navigation, nothing cut in two. */
export const PRINT_STYLE = `
@media print {
  body { background: #fff; color: #000; max-width: none; padding: 0; font-size: 10pt; }
  .masthead nav, .skip, .verify { display: none; }
  summary { list-style: none; color: #000; text-decoration: none; font-weight: 600; }
  .banner { background: none; color: #000; border: 2pt solid #000; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .banner, .chart, tr, .journey li, .tag { break-inside: avoid; }
  h2 { break-after: avoid; }
  svg, .legend li::before, .masses dt::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section, footer { margin-top: 1.5rem; }
  .chart { max-width: 11cm; }
}
`
