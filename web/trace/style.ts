import { CHART_STYLE } from './style/chart.ts'
import { JOURNEY_STYLE } from './style/journey.ts'
import { PAGE_STYLE } from './style/page.ts'
import { PRINT_STYLE } from './style/print.ts'
import { SECTIONS_STYLE } from './style/sections.ts'
import { SHARES_STYLE } from './style/shares.ts'
import { STATUS_STYLE } from './style/status.ts'
import { VERIFY_STYLE } from './style/verify.ts'
import { TOKENS } from './style/tokens.ts'

/**
 * The exact text inside the page's one `<style>` element: put its SHA-256 into `style-src`. Indentation is dropped
 * here, once, so that the sources can be read and the page stays small.
 */
export const STYLE: string = [
  TOKENS,
  PAGE_STYLE,
  STATUS_STYLE,
  SHARES_STYLE,
  CHART_STYLE,
  JOURNEY_STYLE,
  SECTIONS_STYLE,
  VERIFY_STYLE,
  PRINT_STYLE,
]
  .join('')
  .replaceAll(/\/\*.*?\*\//gs, '')
  .replaceAll(/\s*\n\s*/g, '')
