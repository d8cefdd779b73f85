import type { PassportResult } from '../../shared/domain/passport/passport.ts'
import { html, named, type Child, type Html } from './html.ts'
import type { View } from './view.ts'
import type { LabWords } from './words/lab.ts'

/** The latest inspection: each result with its limits and, in words, whether it is within them. */
export function lab(view: View): Html | undefined {
  const { passport, words, format } = view
  const { latest, count } = passport.inspections
  if (!latest) return undefined
  const said = words.lab
  const day = format.day(latest.testedAt)
  const outcome = verdict(latest.passed, said.passed, said.failed, said.unlimited)
  const more = latest.moreResults > 0 ? html`<p class="note">${said.more(latest.moreResults)}</p>` : undefined
  return html`<section class="plain" aria-labelledby="lab">
    <h2 id="lab">${said.heading}</h2>
    <p class="lead">${outcome(day)}${words.space}${count > 1 ? said.latestOf(count) : undefined}</p>
    <table class="lab">
      <thead>
        <tr>
          <th scope="col">${said.parameter}</th>
          <th scope="col">${said.measured}</th>
          <th scope="col">${said.allowed}</th>
          <th scope="col">${said.result}</th>
        </tr>
      </thead>
      <tbody>
        ${latest.results.map((result) => row(result, said))}
      </tbody>
    </table>
    ${more}
  </section>`
}

/** Three answers: what has no limits neither passed nor failed. */
function verdict<T>(passed: boolean | undefined, within: T, outside: T, none: T): T {
  if (passed === undefined) return none
  return passed ? within : outside
}

function row(result: PassportResult, said: LabWords): Html {
  const { parameter, method, value, unit, passed } = result
  const known = parameter.toLowerCase()
  const name = (Object.hasOwn(said.parameters, known) && said.parameters[known]) || named(parameter)
  return html`<tr>
    <th scope="row">${name} <small>${named(method)}</small></th>
    <td>${written(value)} ${named(unit)}</td>
    <td>${allowedOf(result, said)}</td>
    <td>${verdict(passed, said.within, said.outside, said.noLimit)}</td>
  </tr> `
}

function allowedOf({ lowest, highest }: PassportResult, said: LabWords): Child {
  if (lowest !== undefined && highest !== undefined) return said.between(written(lowest), written(highest))
  if (highest !== undefined) return said.atMost(written(highest))
  return lowest === undefined ? '–' : said.atLeast(written(lowest))
}

/** As the laboratory gave it, with a true minus. */
const written = (value: number): string => String(value).replace('-', '−')
