import { describe, expect, it } from 'vitest'
import { csvOf } from '../../../../shared/domain/report/csv.ts'
import { parseCsv } from '../../../csv.ts'
import {
  balanceOf,
  CERTIFIED,
  charge,
  close,
  correct,
  GATE,
  given,
  hour,
  open,
  pickup,
  QUAY,
  receive,
  ship,
} from './books.ts'

const RUN = 'RAAAAAAAAAAAA'
const books = given(
  pickup(QUAY, { occurredAt: hour(1), ...CERTIFIED }),
  pickup(QUAY, { occurredAt: hour(1), batch: 'BCCCCCCCCCCCC' }),
  open(QUAY, { occurredAt: hour(2) }),
  charge('coop', RUN, { occurredAt: hour(3), draws: [{ batch: 'BAAAAAAAAAAAA', massGrams: 60_000 }] }),
  close('coop', RUN, {
    occurredAt: hour(4),
    outputs: [{ batch: 'BBBBBBBBBBBBB', massGrams: 45_000 }],
    losses: { 'wash-loss': 14_000 },
  }),
  ship(QUAY, { occurredAt: hour(5), batches: ['BCCCCCCCCCCCC'] }),
  receive(GATE, 'SAAAAAAAAAAAA', {
    occurredAt: hour(6),
    lines: [{ batch: 'BCCCCCCCCCCCC', receivedGrams: 98_000, accepted: true }],
  }),
  open(QUAY, { occurredAt: hour(7), run: 'RZZZZZZZZZZZZ' }),
  correct('RZZZZZZZZZZZZ-1', { occurredAt: hour(8) }),
)
const MADE = { asOf: hour(20), sha256: 'f'.repeat(64) }
const report = balanceOf(books, QUAY, hour(0), hour(10))

describe('the table of a mass balance', () => {
  it('begins with a byte order mark, ends every line with CRLF, and has as many fields in each', () => {
    const csv = csvOf(report, MADE, 'en')
    expect(csv.startsWith('\uFEFFSection,Line,')).toBe(true)
    expect(csv.endsWith('\r\n')).toBe(true)
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const rows = parseCsv(csv)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([9]))
  })

  it('says what the report says, in kilograms', () => {
    const rows = parseCsv(csvOf(report, MADE, 'en'))
    const kg = (section: string, line: string, stage: string): number =>
      Number(rows.find((row) => row[0] === section && row[1] === line && row[2] === stage)?.[5])
    expect(kg('Stock', 'In: own collection', 'Collected')).toBe(200)
    expect(kg('Stock', 'Out: charged into runs', 'Collected')).toBe(60)
    expect(kg('Stock', 'Out: shipped', 'All stages')).toBe(100)
    expect(kg('Stock', 'Closing', 'Cleaned')).toBe(45)
    expect(kg('In process', 'Unaccounted for', '')).toBe(1)
    expect(rows).toContainEqual([
      'By supplier and customer',
      'Out: shipped',
      'Collected',
      'mill',
      '',
      '100',
      '',
      '',
      '',
    ])
    expect(rows).toContainEqual(['Claims', 'Closing', '', '', 'OBP', '85', '', '', ''])
    expect(rows.filter(([section]) => section === 'Exceptions').map((row) => row[4])).toEqual(
      expect.arrayContaining(['R9 for review', 'Opening of a run']),
    )
    expect(rows.filter(([section]) => section === 'Exceptions').map((row) => row[1])).toEqual(
      expect.arrayContaining(['Check', 'Difference on receipt', 'Correction']),
    )
  })

  it('says what is on the road, and since when and to whom', () => {
    const away = given(
      pickup(QUAY, { occurredAt: hour(1) }),
      ship(QUAY, { occurredAt: hour(5), batches: ['BAAAAAAAAAAAA'] }),
    )
    const later = balanceOf(away, QUAY, hour(6), hour(10))
    const kg = (section: string, line: string) => [section, line, '', '', '', '100', '', '', '']
    const rows = parseCsv(csvOf(later, MADE, 'en'))
    expect(rows).toContainEqual(kg('On the road', 'Opening'))
    expect(rows).toContainEqual(kg('On the road', 'Closing'))
    const load = ['', 'mill', '', '100', hour(5), 'SAAAAAAAAAAAA', '']
    expect(rows).toContainEqual(['On the road', 'Load not settled', ...load])
    expect(rows).toContainEqual(['Exceptions', 'Load on the road since before the period', ...load])
    const inChinese = parseCsv(csvOf(later, MADE, 'zh'))
    expect(inChinese).toContainEqual(kg('在途', '期末'))
    expect(inChinese).toContainEqual(['在途', '未结清的货物', ...load])
    expect(inChinese).toContainEqual(['例外', '期初前已发出、仍在途的货物', ...load])
    const settled = parseCsv(csvOf(report, MADE, 'en'))
    expect(settled).toContainEqual(kg('On the road', 'Arrived'))
    expect(settled.map((row) => row[1])).not.toContain('Load not settled')
  })

  it('speaks Chinese all through', () => {
    const [titles = [], ...rows] = parseCsv(csvOf(report, MADE, 'zh'))
    expect(titles.join()).toBe('部分,项目,阶段,对方,体系、种类或工序,千克,时间,记录,说明')
    expect(rows.map(([section]) => section)).not.toContainEqual(expect.stringMatching(/[a-z]/))
    expect(rows.map((row) => row[2])).not.toContainEqual(expect.stringMatching(/[a-z]/))
    const exceptions = rows.filter(([section]) => section === '例外')
    expect(exceptions.length).toBeGreaterThan(2)
    expect(exceptions.map((row) => row[4])).not.toContainEqual(expect.stringMatching(/[a-z]/))
    expect(rows).toContainEqual(['库存', '期末', '已清洗', '', '', '45', '', '', ''])
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1'])(
    'gives a spreadsheet no formula to run, such as %j',
    (reason) => {
      const listed = report.exceptions.listed.map((exception) =>
        exception.kind === 'correction' ? { ...exception, corrects: reason, reason: 'a mistake' } : exception,
      )
      const evil = { ...report, exceptions: { ...report.exceptions, listed } }
      const notes = parseCsv(csvOf(evil, MADE, 'en')).map((row) => row[8])
      expect(notes).toContain(`'${reason}: a mistake`)
    },
  )

  it('keeps quotes, commas and line breaks of what was written, and figures below zero as figures', () => {
    const listed = report.exceptions.listed.map((exception) =>
      exception.kind === 'correction' ? { ...exception, reason: 'he said "no",\nthen left' } : exception,
    )
    const quoted = { ...report, exceptions: { ...report.exceptions, listed } }
    const rows = parseCsv(csvOf(quoted, MADE, 'en'))
    expect(rows.map((row) => row[8])).toContain('RZZZZZZZZZZZZ-1: he said "no",\nthen left')
    const back = given(
      pickup(QUAY, { occurredAt: hour(1) }),
      correct('PickupRecorded', { occurredAt: hour(8) }),
    )
    const after = parseCsv(csvOf(balanceOf(back, QUAY, hour(2), hour(10)), MADE, 'en'))
    expect(after).toContainEqual(['Stock', 'In: own collection', 'Collected', '', '', '-100', '', '', ''])
  })

  it('says how many exceptions it does not list', () => {
    const counts = { ...report.exceptions.counts, late: 7 }
    const rows = parseCsv(csvOf({ ...report, exceptions: { ...report.exceptions, counts } }, MADE, 'en'))
    expect(rows.at(-1)).toEqual([
      'Exceptions',
      'Not listed; ask for a shorter period',
      '',
      '',
      '',
      '',
      '',
      '',
      '7',
    ])
  })
})
