import { defineConfig } from 'vitest/config'

/**
 * All tests, on two cores. Suites that need the engine start their own, on a free port, in their own folder. What they all
 * write is collected, and searched at the end for what must not be written (output/global.ts).
 */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/output/global.ts'],
    setupFiles: ['test/output/worker.ts'],
    // Tests ask more often than people do; those about limits set their own.
    env: { LOG_LEVEL: 'info', CALLER_LIMIT: '100000/100000' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
