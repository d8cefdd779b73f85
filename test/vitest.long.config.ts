import { defineConfig, mergeConfig } from 'vitest/config'
import usual from './vitest.config.ts'

/** What takes too long for every run: `npm run test:long`. */
export default mergeConfig(
  { ...usual, test: { ...usual.test, include: [] } },
  defineConfig({ test: { include: ['test/**/*.long.ts'], testTimeout: 1_800_000 } }),
)
