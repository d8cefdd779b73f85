import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../client.ts'
import { parseCsv } from '../csv.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { askingFor, AUGUST, givenMonth } from './month.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await startTestRuntime()
  await givenMonth(runtime)
})
afterAll(async () => runtime?.stop())

describe('a mass balance as CSV', () => {
  const csv = async (query = '', headers = {}): Promise<Answer> =>
    askingFor(runtime).ask(`site=dachen&${AUGUST}${query}`, runtime.keys.auditor, headers)

  it('comes with format=csv, or to who accepts nothing else, as a file with a name', async () => {
    const asked = await csv('&format=csv')
    const accepting = await csv('', { accept: 'text/csv' })
    for (const { status, headers } of [asked, accepting]) {
      expect(status).toBe(200)
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
      expect(headers.get('content-disposition')).toBe(
        'attachment; filename="mass-balance-dachen-2026-08-01-2026-09-01.csv"',
      )
    }
    const both = await csv('', { accept: 'application/json, text/csv' })
    expect(both.headers.get('content-type')).toBe('application/json')
    expect((await csv('&format=json', { accept: 'text/csv' })).text).toContain('"report"')
  })

  it('begins with a byte order mark and says the same as the JSON', async () => {
    const { text, bytes } = await csv('&format=csv')
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const rows = parseCsv(text)
    const { report, sha256 } = await askingFor(runtime).read(`site=dachen&${AUGUST}`)
    const kg = (line: string): number =>
      Number(rows.find((row) => row[1] === line && row[2] === 'All stages')?.[5])
    expect(kg('Closing')).toBe(report.total.closingKg)
    expect(kg('Out: moved to own site')).toBe(report.total.out.movedOutKg)
    expect(rows.map((row) => row[7])).toContain(sha256)
  })

  it('has Chinese titles where they are asked for', async () => {
    const [titles] = parseCsv((await csv('&format=csv&lang=zh')).text)
    expect(titles?.slice(0, 4)).toEqual(['部分', '项目', '阶段', '对方'])
  })

  it('runs no formula that somebody wrote into a reason', async () => {
    const rows = parseCsv((await csv('&format=csv')).text)
    const reason = rows.find((row) => row[1] === 'Correction')?.[8]
    expect(reason).toContain('=HYPERLINK("https://evil.example","weighed twice")')
    for (const row of rows) for (const cell of row) expect(cell).not.toMatch(/^[=+@\t\r]/)
  })
})
