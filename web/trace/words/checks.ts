import type { Stage } from '../../../shared/domain/material/stages.ts'
import type { Language } from '../language.ts'
import { THIS } from './subject.ts'

/** What rules found when the batch was recorded: how many, and which are for an auditor to look at. */
export interface CheckWords {
  readonly heading: string
  /** Where all passed; and where some are to be looked at. */
  readonly passed: (count: number, stage: Stage) => string
  readonly mixed: (count: number, passed: number, toReview: number, stage: Stage) => string
  readonly none: string
  readonly refused: string
  readonly earlier: string
  readonly toReview: string
  readonly reviewNote: string
  readonly details: (count: number) => string
}

const checks = (count: number): string => (count === 1 ? 'One check was' : `${count} checks were`)

const en: CheckWords = {
  heading: 'What was checked',
  passed: (count, stage) =>
    count === 1
      ? `One check was made when ${THIS.en[stage]} was recorded. It passed.`
      : `${checks(count)} made when ${THIS.en[stage]} was recorded. All passed.`,
  mixed: (count, passed, toReview, stage) =>
    `${checks(count)} made when ${THIS.en[stage]} was recorded. ${passed} passed, ${toReview} ${toReview === 1 ? 'is' : 'are'} for an auditor to look at.`,
  none: 'No checks are recorded for this batch.',
  refused: 'A record that fails a check is refused, so none that failed is behind this page.',
  earlier: 'Earlier stages were checked when they were recorded. What was found there is shown to auditors.',
  toReview: 'For an auditor',
  reviewNote: 'Something here is unusual. That need not be a mistake.',
  details: (count) => (count === 1 ? 'The check that passed' : `The ${count} checks that passed`),
}

const zh: CheckWords = {
  heading: '核查情况',
  passed: (count, stage) => `登记${THIS.zh[stage]}时进行了 ${count} 项核查，全部通过。`,
  mixed: (count, passed, toReview, stage) =>
    `登记${THIS.zh[stage]}时进行了 ${count} 项核查：${passed} 项通过，${toReview} 项待审核员复核。`,
  none: '本批次没有核查记录。',
  refused: '未通过核查的登记不予接受，因此本页所依据的记录中没有未通过的。',
  earlier: '此前各环节在登记时同样经过核查，结果供审核员查看。',
  toReview: '待审核员复核',
  reviewNote: '以下情况与通常不同，不一定有误。',
  details: (count) => `通过的 ${count} 项核查`,
}

export const CHECK_WORDS: Readonly<Record<Language, CheckWords>> = { en, zh }
