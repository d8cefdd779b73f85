import { defineConfig } from 'vitest/config'

/** All tests, on two cores. Suites that need the engine start their own, on a free port, in their own folder. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: [],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
