import type { Verifier } from '../../web/trace/page.ts'

/**
 * The program that checks stories in the browser, as the build of the site named it (infra/site.ts) and the deployment says
 * it in `VERIFIER`. There is none before it is known which key signs the log, as that is pinned in it.
 */
export function verifierScript(): Verifier | undefined {
  const said = process.env['VERIFIER']
  if (said === undefined || said === '') return undefined
  const verifier: Verifier = JSON.parse(said)
  return verifier
}
