import type { PeriodsAnswer, ReportAnswer } from './answers.ts'
import type { Teller } from './teller.ts'

/** Afterwards: the plant's mass balance of the month in which the week began, and the close of its books. */
export async function reconcile({ url, post, get, coop, heading, say, at }: Teller): Promise<void> {
  heading('The month’s report of the plant')
  const site = 'huzhou'
  const query = `site=${site}&from=${at(0, 0).slice(0, 'yyyy-mm'.length)}-01`
  const { report } = await get<ReportAnswer>(`/v1/reports/mass-balance?${query}`, coop.auditor)
  const { from, to: until, total, process, losses } = report
  say(`From ${from.slice(0, DAY)} to ${until.slice(0, DAY)}:`)
  say(
    `In stock at the beginning ${total.openingKg} kg, moved in ${total.in.movedInKg} kg, made ${total.in.madeKg} kg;`,
  )
  say(
    `charged ${total.out.chargedKg} kg, moved out ${total.out.movedOutKg} kg; in stock at the end ${total.closingKg} kg.`,
  )
  say(
    `Through its runs: ${process.chargedKg} kg charged and ${process.addedKg} kg added are ${process.madeKg} kg made, ${process.lostKg} kg lost (${lossesIn(losses.runsKg)}) and ${process.unaccountedKg} kg not accounted for.`,
  )
  for (const { scheme, openingKg, closingKg } of report.claims) {
    say(`${scheme}: ${openingKg} kg could be claimed at the beginning, ${closingKg} kg at the end.`)
  }
  const notable = Object.values(report.exceptions.counts).reduce((sum, count) => sum + count, 0)
  say(
    `${notable} entries are for an auditor to look at. As a table: ${url}/v1/reports/mass-balance?${query}&format=csv`,
  )
  const { items } = await get<PeriodsAnswer>(`/v1/periods?site=${site}`, coop.auditor)
  const to = at(7, 0)
  const closedUntil =
    items
      .map((period) => period.to)
      .sort()
      .at(-1) ?? ''
  const isClosed = closedUntil >= to
  // At most three months at once, so what was not closed for long is closed step by step.
  for (const end of [...endsBefore(to), to].filter((one) => one > closedUntil)) {
    await post('/v1/periods', coop.operator, { siteId: site, to: end })
  }
  say(
    isClosed
      ? `The books of ${site} are closed until ${to} already: this week came late, and is booked today.`
      : `The books of ${site} are closed until ${to}; what comes late is booked when it comes.`,
  )
}

/** How much of an instant names its day. */
const DAY = 'yyyy-mm-dd'.length

/** The first of every second month since the demo story, up to an instant. */
function endsBefore(to: string): string[] {
  const ends: string[] = []
  for (
    const end = new Date(Date.UTC(2026, 9, 1));
    end.toISOString() < to;
    end.setUTCMonth(end.getUTCMonth() + 2)
  )
    ends.push(end.toISOString())
  return ends
}

const lossesIn = (losses: Readonly<Record<string, number>>): string =>
  Object.entries(losses)
    .map(([kind, kg]) => `${kind} ${kg}`)
    .join(', ')
