import { defineConfig } from 'vitest/config'
import usual from './vitest.config.ts'

/** What takes too long for every run: `npm run test:long`. */
const { projects: _, ...test } = usual.test ?? {}
export default defineConfig({ test: { ...test, include: ['test/**/*.long.ts'], testTimeout: 1_800_000 } })
