import type { Step } from '../lineage/journey.ts'
import type { MaterialForm } from '../material/material.ts'
import type { LocalName } from '../organisation.ts'
import type { CheckResult } from './rule.ts'
import { DAY_MS, THRESHOLDS } from './thresholds.ts'
import { day, FORM_NAMES_ZH, STEP_WORDS } from './wording.ts'

/** A scope certificate of a scheme. Days are UTC, `2026-09-01`, both included. */
export interface Certificate {
  readonly scheme: string
  readonly number: string
  readonly sites: readonly string[]
  readonly steps: readonly Step[]
  /** All forms where it does not say. */
  readonly forms?: readonly MaterialForm[]
  readonly validFrom: string
  readonly validTo: string
  /** From this instant or day on it counts no more, whatever it says itself. */
  readonly withdrawnAt?: string
}

/** What a certificate has to cover. */
export interface CertifiedEvent {
  readonly scheme: string
  readonly site: string
  readonly step: Step
  readonly form: MaterialForm
  readonly occurredAt: string
}

/**
 * R13: on the day of the event a certificate of the scheme was valid for the site, the step and the material. What
 * happens to it later changes nothing. Of several the one that lasts longest counts. One that ends within 30 days
 * is pointed out, in time to renew it; and so is what is dated before a withdrawal but told only after it, as whoever
 * dates back could otherwise go on claiming.
 */
export function checkCertificate(event: CertifiedEvent, certificates: readonly Certificate[]): CheckResult {
  const on = day(event.occurredAt)
  const valid = certificateFor(event, certificates)
  if (!valid)
    return { rule: 'R13', verdict: 'fail', sentence: refusalOf(coveringOf(event, certificates), event) }
  if (valid.withdrawnAt !== undefined) return toldLate(valid, on, day(valid.withdrawnAt))
  const daysLeft = Math.round((Date.parse(valid.validTo) - Date.parse(on)) / DAY_MS)
  const { en, zh } = termOf(valid)
  const soon = daysLeft <= THRESHOLDS.expiryNoticeDays
  return {
    rule: 'R13',
    verdict: soon ? 'review' : 'pass',
    sentence: soon
      ? {
          en: `${en} covers ${on} but ends ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} later; more than ${THRESHOLDS.expiryNoticeDays} days are usual, so renew it in time.`,
          zh: `${zh}在 ${on} 有效，但 ${daysLeft} 天后到期；通常应多于 ${THRESHOLDS.expiryNoticeDays} 天，请及时续证。`,
        }
      : { en: `${en} covers ${on}.`, zh: `${zh}在 ${on} 有效。` },
  }
}

function toldLate(certificate: Certificate, on: string, withdrawn: string): CheckResult {
  const { en, zh } = termOf(certificate)
  return {
    rule: 'R13',
    verdict: 'review',
    sentence: {
      en: `${en} covers ${on} but was withdrawn since, on ${withdrawn}; what is told only after that is looked at.`,
      zh: `${zh}在 ${on} 有效，但其后已于 ${withdrawn} 撤销；撤销后才登记的须复核。`,
    },
  }
}

/** The certificate that an event rests on; undefined where none was valid. */
export function certificateFor<C extends Certificate>(
  event: CertifiedEvent,
  certificates: readonly C[],
): C | undefined {
  const valid = coveringOf(event, certificates).filter((one) => isValid(one, event.occurredAt))
  return valid.find(({ withdrawnAt }) => withdrawnAt === undefined) ?? valid[0]
}

/** Those whose scope has the event in it, the one that lasts longest first. */
const coveringOf = <C extends Certificate>(event: CertifiedEvent, certificates: readonly C[]): C[] =>
  certificates
    .filter((certificate) => covers(certificate, event))
    .sort((a, b) => (a.validTo < b.validTo ? 1 : -1))

function covers(certificate: Certificate, { scheme, site, step, form }: CertifiedEvent): boolean {
  return (
    certificate.scheme === scheme &&
    certificate.sites.includes(site) &&
    certificate.steps.includes(step) &&
    (certificate.forms?.includes(form) ?? true)
  )
}

function isWithdrawn({ withdrawnAt }: Certificate, at: string): boolean {
  return withdrawnAt !== undefined && Date.parse(at) >= Date.parse(withdrawnAt)
}

function isValid(certificate: Certificate, at: string): boolean {
  const on = day(at)
  return certificate.validFrom <= on && on <= certificate.validTo && !isWithdrawn(certificate, at)
}

function termOf({ scheme, number, validFrom, validTo }: Certificate): LocalName {
  return {
    en: `Certificate ${scheme} ${number} (${validFrom} to ${validTo})`,
    zh: `证书 ${scheme} ${number}（${validFrom} 至 ${validTo}）`,
  }
}

const stepName = (step: Step): string => (step === 'collection' ? '收集' : STEP_WORDS[step].zh)

/** Why none was valid; of those that would have covered the event, the one that lasts longest is named. */
function refusalOf(covering: readonly Certificate[], event: CertifiedEvent): LocalName {
  const { scheme, site, step, form, occurredAt } = event
  const on = day(occurredAt)
  const [nearest] = covering
  if (!nearest) {
    return {
      en: `No ${scheme} certificate covers ${form} in ${step} at ${site} on ${on}; one that does is needed.`,
      zh: `${on} 没有 ${scheme} 证书覆盖地点 ${site}、工序“${stepName(step)}”、形态“${FORM_NAMES_ZH[form]}”；须有覆盖的证书。`,
    }
  }
  const { en, zh } = termOf(nearest)
  if (nearest.withdrawnAt !== undefined && isWithdrawn(nearest, occurredAt)) {
    const withdrawn = day(nearest.withdrawnAt)
    return {
      en: `${en} was withdrawn on ${withdrawn}; the event is dated ${on}, and needs one in force.`,
      zh: `${zh}已于 ${withdrawn} 撤销；事件日期为 ${on}，须有有效证书。`,
    }
  }
  return {
    en: `${en} does not cover ${on}, the date of the event; it has to be valid on that day.`,
    zh: `${zh}未覆盖事件日期 ${on}；证书须在当日有效。`,
  }
}
