import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../client.ts'
import { startTestRuntime, type TestRuntime } from '../runtime.ts'
import { askingFor, AUGUST } from './month.ts'
import { expectProblem } from './refused.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await startTestRuntime()
})
afterAll(async () => runtime?.stop())

const ask = (query: string, key?: string): Promise<Answer> => askingFor(runtime).ask(query, key)

describe('a report is refused', () => {
  it.each([
    ['no site', AUGUST, '/site', ['Missing']],
    ['a site that is none', 'site=Dachen!', '/site', ['lower-case letters', 'Given: "Dachen!"']],
    ['a time that is none', 'site=dachen&from=yesterday', '/from', ['ISO 8601', 'Given: "yesterday"']],
    ['a day that there is not', 'site=dachen&to=2026-02-30', '/to', ['Given: "2026-02-30"']],
    ['a format that we have not', 'site=dachen&format=xlsx', '/format', ['"json"|"csv"']],
    ['a language that we have not', 'site=dachen&lang=fr', '/lang', ['"en"|"zh"']],
    ['a word too many', 'site=dachen&month=8', '/month', ['no field "month"']],
    [
      'an end that is its beginning',
      'site=dachen&from=2026-08-01&to=2026-08-01',
      '/from',
      ['begin before it ends'],
    ],
    [
      'an end before its beginning',
      'site=dachen&from=2026-08-02&to=2026-08-01',
      '/from',
      ['2026-08-02T00:00'],
    ],
  ])('with %s', async (_what, query, pointer, says) => {
    expectProblem(await ask(query), { status: 400, code: 'invalid-request', pointer, says })
  })

  it('that ends in the future, saying what time it is', async () => {
    const year = new Date().getUTCFullYear() + 1
    expectProblem(await ask(`site=dachen&to=${year}-01-01`), {
      status: 422,
      code: 'future-time',
      pointer: '/to',
      says: ['it is now'],
    })
  })

  it('of a site that the caller has not, naming those that it has', async () => {
    expectProblem(await ask('site=shenjiamen'), {
      status: 422,
      code: 'unknown-site',
      pointer: '/site',
      says: ['no site shenjiamen', 'dachen, shitang'],
    })
  })

  it('to a collector, and to nobody at all', async () => {
    expectProblem(await ask('site=dachen', runtime.keys.collector), {
      status: 403,
      code: 'role-not-allowed',
      says: ['auditor'],
    })
    expectProblem(await runtime.get('/v1/reports/mass-balance?site=dachen'), {
      status: 401,
      code: 'unauthenticated',
    })
  })

  it('never shows another organisation’s books: the same site name is each one’s own', async () => {
    expect((await ask(`site=dachen&${AUGUST}`, runtime.otherKeys.auditor)).status).toBe(422)
  })
})
