import type { ReceiptLine } from '../../shared/domain/decide/receive.ts'
import type { CommandOf } from './intent.ts'
import { batchesOf, distinct, isFree, oneOf, pick, shipmentsOf, type Known } from './known.ts'
import { ORGANISATIONS, organisationOf } from './organisations.ts'
import type { Step } from './steps.ts'

export function ship(step: Step, known: Known): (CommandOf<'ship'> & { readonly org: string }) | undefined {
  const free = batchesOf(known).filter((batch) => step.wild || isFree(known, batch))
  const first = pick(free, step.which)
  if (!first) return undefined
  const org = first.custodian
  const own = free.filter(({ custodian }) => step.wild || custodian === org)
  const batches = distinct(
    [first, ...step.parts.flatMap(({ at }) => pick(own, at) ?? [])].map(({ id }) => id),
  )
  const others = ORGANISATIONS.filter(({ id }) => id !== org)
  const receiver = oneOf(others, step.who)
  const to = { org: receiver.id, site: oneOf(receiver.sites, step.which).id }
  return { act: 'ship', org, site: oneOf(organisationOf(org).sites, step.which).id, to, batches }
}

export function receive(
  step: Step,
  known: Known,
): (CommandOf<'receive'> & { readonly org: string }) | undefined {
  const shipment = pick(
    shipmentsOf(known).filter(({ status }) => step.wild || status === 'in-transit'),
    step.which,
  )
  if (!shipment) return undefined
  const open = shipment.lines.filter(({ settled }) => step.wild || settled === undefined)
  const lines = new Map<string, ReceiptLine>()
  for (const { at, share } of step.parts) {
    const line = pick(open, at)
    if (!line) continue
    const receivedGrams = Math.max(0, Math.round(line.massGrams * weightOf(share, step)))
    lines.set(line.batch, { batch: line.batch, receivedGrams, accepted: at % 4 !== 0 })
  }
  if (lines.size === 0) return undefined
  const site = oneOf(organisationOf(shipment.to.org).sites, step.who).id
  return { act: 'receive', org: shipment.to.org, shipment: shipment.id, site, lines: [...lines.values()] }
}

/** As sent, a little less, a little more, or next to nothing. */
function weightOf(share: number, { amount, which }: Step): number {
  if (which % 3 === 0) return 1
  return which % 7 === 1 ? share : 0.9 + 0.15 * amount
}
