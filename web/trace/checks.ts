import type { RuleId } from '../../shared/domain/checks/rule.ts'
import { RULES } from '../../shared/domain/checks/rules.ts'
import { html, type Html } from './html.ts'
import type { View } from './view.ts'

/**
 * What the checks of its making found: a count, what each that is to be looked at again was about, and the others on
 * request. What exactly was found is not public: it may narrow down who was where.
 */
export function checks(view: View): Html {
  const { passport, words } = view
  const said = words.checks
  const { passed, toReview } = passport.checked
  return html`<section class="plain checks" aria-labelledby="checks">
    <h2 id="checks">${said.heading}</h2>
    <p class="lead">${outcome(view)}</p>
    ${toReview.length === 0 ? undefined : reviews(toReview, view)}
${note(view)}
    ${passed.length === 0 ? undefined : html`<details><summary>${said.details(passed.length)}</summary>${listed(passed, view)}</details>`}
  </section>`
}

function note({ passport, words }: View): Html | undefined {
  const { passed, toReview } = passport.checked
  if (passed.length + toReview.length === 0) return undefined
  const { refused, earlier } = words.checks
  return html`<p class="note">${refused}${words.space}${passport.stage === 'collected' ? undefined : earlier}</p>`
}

function outcome({ passport, words }: View): string {
  const { passed, toReview } = passport.checked
  const count = passed.length + toReview.length
  if (count === 0) return words.checks.none
  return toReview.length === 0
    ? words.checks.passed(count, passport.stage)
    : words.checks.mixed(count, passed.length, toReview.length, passport.stage)
}

function reviews(rules: readonly RuleId[], view: View): Html {
  const { toReview, reviewNote } = view.words.checks
  return html`<h3>${toReview}</h3>
    <p>${reviewNote}</p>
    ${listed(rules, view)}`
}

function listed(rules: readonly RuleId[], view: View): Html {
  return html`<ul class="listed">${rules.map((rule) => html`<li>${titleOf(rule, view)}</li>`)}</ul>`
}

/** A passport that is older than the page may name a rule that there is no more. */
function titleOf(rule: RuleId, { lang }: View): string {
  return Object.hasOwn(RULES, rule) ? RULES[rule].title[lang] : rule
}
