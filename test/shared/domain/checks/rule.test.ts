import { describe, expect, it } from 'vitest'
import {
  firstFailure,
  RULE_IDS,
  worst,
  type CheckResult,
  type RuleId,
  type Verdict,
} from '../../../../shared/domain/checks/rule.ts'
import { RULES } from '../../../../shared/domain/checks/rules.ts'
import { everyResult } from './samples.ts'

const result = (rule: RuleId, verdict: Verdict): CheckResult => ({
  rule,
  verdict,
  sentence: { en: 'x', zh: '某' },
})

/** Decided elsewhere: the class beside the coastline, the draw by the table's condition, no date of birth is known. */
const ELSEWHERE: ReadonlySet<RuleId> = new Set(['R1', 'R8', 'R18'])
const HERE = RULE_IDS.filter((id) => !ELSEWHERE.has(id))

describe('the table of rules', () => {
  it('has R1 to R18, none missing and none twice', () => {
    expect(RULE_IDS).toEqual(Array.from({ length: 18 }, (_, index) => `R${index + 1}`))
    expect(Object.keys(RULES)).toEqual(RULE_IDS)
  })

  it.each(RULE_IDS)('says title and threshold of %s in both languages', (id) => {
    const { title, threshold, missing } = RULES[id]
    for (const text of [title, threshold, ...(missing ? [missing] : [])]) {
      expect(text.en).toMatch(/^[\u0020-\u007e×−]+$/)
      expect(text.zh).toMatch(/\p{Script=Han}/u)
      expect(numbersIn(text.zh)).toEqual(numbersIn(text.en))
    }
  })

  it('says what is missing of a rule exactly where it is not fully applied', () => {
    const lacking = RULE_IDS.filter((id) => RULES[id].missing !== undefined)
    expect(lacking).toEqual(RULE_IDS.filter((id) => RULES[id].status !== 'active'))
    expect(lacking).toEqual(['R5', 'R16', 'R18'])
  })

  it.each(HERE)('is never graver than it says for %s, and reaches that', (id) => {
    const verdicts = everyResult().flatMap(({ rule, verdict }) => (rule === id ? [verdict] : []))
    expect(verdicts).toContain('pass')
    expect(verdicts).toContain(RULES[id].gravest)
    expect(RULES[id].gravest === 'review' && verdicts.includes('fail')).toBe(false)
  })
})

/** The numbers of a text, in order of size; dates count as their parts. */
const numbersIn = (text: string): string[] => (text.match(/\d+(\.\d+)?/g) ?? []).sort()

describe('every sentence', () => {
  it.each(everyResult())('is there in both languages, with the same numbers: $rule $sentence.en', (check) => {
    const { en, zh } = check.sentence
    expect(en).toMatch(/^[A-Z0-9].*\.$/)
    expect(en).not.toMatch(/\p{Script=Han}|undefined|NaN| {2}/u)
    expect(zh).toMatch(/\p{Script=Han}.*。$/u)
    expect(zh).not.toMatch(/undefined|NaN| {2}/)
    expect(numbersIn(zh)).toEqual(numbersIn(en))
  })

  it('never gives a position or a plate away', () => {
    for (const { sentence } of everyResult()) {
      expect(`${sentence.en} ${sentence.zh}`).not.toMatch(/28\.2|28\.3|121\.6|12345|54321/)
    }
  })
})

describe('results together', () => {
  it('are as grave as the gravest, and pass when there are none', () => {
    expect(worst([])).toBe('pass')
    expect(worst([result('R2', 'pass'), result('R4', 'review')])).toBe('review')
    expect(worst([result('R3', 'fail'), result('R4', 'review')])).toBe('fail')
  })

  it('name the first that refuses, not one that only wants a look', () => {
    const [review, fail, later] = [result('R4', 'review'), result('R3', 'fail'), result('R9', 'fail')]
    expect(firstFailure([review, fail, later])).toBe(fail)
    expect(firstFailure([review])).toBeUndefined()
  })
})
