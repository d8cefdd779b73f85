import { defineConfig } from 'vitest/config'

/** All tests, on two cores. Suites that need the engine start their own, on a free port, in their own folder. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    // Tests ask more often than people do; those about limits set their own.
    env: { CALLER_LIMIT: '100000/100000' },
    globalSetup: [],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
