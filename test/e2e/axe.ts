import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** What axe-core finds wrong with the page as it is now, by WCAG 2.2 AA and its own best practices: one line for each. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  // Evaluated from outside: the page's own policy forbids scripts of others.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(await source)
  return page.evaluate<string[]>(`(async () => {
    const { violations } = await axe.run(document)
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary))
  })()`)
}

let source: Promise<string> | undefined
