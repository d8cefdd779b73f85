import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/**
 * All tests, on two cores. Suites that need the engine start their own, on a free port, in their own folder. What they all
 * write is collected, and searched at the end for what must not be written (output/global.ts).
 *
 * A process for every file costs longer than most files' tests take. So these share the two workers' processes, and what
 * these have loaded: tests of pure code, of the stacks that CDK makes of it, and of a runtime that is a process of its own;
 * none of them leaves anything in its own process that another would find. All others may set the environment, start a
 * runtime in their process, or be killed, and have one of their own. They come first, the longest before the others, so that
 * no core is idle at the end.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PURE = ['shared', 'web', 'infra/aws'].map((folder) => `test/${folder}/**/*.test.ts`)
const ASKING = globSync('test/functions/**/*.test.ts', { cwd: ROOT }).filter((file) =>
  readFileSync(join(ROOT, file), 'utf8').includes('= runtimeForTests()'),
)
const TOGETHER = [...PURE, ...ASKING]

export default defineConfig({
  test: {
    root: ROOT,
    globalSetup: ['test/output/global.ts'],
    setupFiles: ['test/output/worker.ts'],
    env: {
      LOG_LEVEL: 'info',
      // Tests ask more often than people do; those about limits set their own.
      CALLER_LIMIT: '100000/100000',
      // Compiled once, the SDK and the CDK load in half the time, here and in each runtime that tests start.
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/tests'),
    },
    // What was bundled for AWS is loaded as Node loads it there.
    server: { deps: { external: [/\/(cdk\.out|tidemark-labels-\w+)\//] } },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'apart', include: ['test/**/*.test.ts'], exclude: TOGETHER } },
      { extends: true, test: { name: 'together', include: TOGETHER, isolate: false } },
    ],
  },
})
