import { afterEach, expect, it, vi } from 'vitest'
import { log, type Level } from '../../../functions/http/log.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** The levels that are written where `LOG_LEVEL` says so. */
function written(level: string | undefined): unknown[] {
  vi.stubEnv('LOG_LEVEL', level)
  const lines: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  for (const each of ['info', 'warn', 'error'] as const satisfies readonly Level[])
    log(each, 'happened', { n: 1 })
  return lines.map((line) => JSON.parse(line).level)
}

it.each([
  [undefined, ['info', 'warn', 'error']],
  ['info', ['info', 'warn', 'error']],
  ['warn', ['warn', 'error']],
  ['error', ['error']],
])('writes at level %s no less than %j', (level, levels) => {
  expect(written(level)).toEqual(levels)
})
