import { defineConfig } from 'vitest/config'

/** A suite of one test that gives a key away, for leaks.test.ts to run. */
export default defineConfig({
  test: {
    root: new URL('.', import.meta.url).pathname,
    include: ['leaking.fixture.ts'],
    globalSetup: ['global.ts'],
    setupFiles: ['worker.ts'],
  },
})
