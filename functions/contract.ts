import { CONTRACT_ROUTES } from '../shared/contract/routes/contract.ts'
import { RULE_IDS } from '../shared/domain/checks/rule.ts'
import { RULES } from '../shared/domain/checks/rules.ts'
import { signInIn } from './callers/sign-in.ts'
import { json, jsonText, notFound } from './http/answers.ts'
import { serve } from './http/http.ts'
import { publicUrl } from './views/links.ts'

/**
 * The contract and the health check: touches nothing, so it answers even when nothing else does. It also has the API's
 * last word: what no route takes comes here, and is told so in the way of all refusals.
 */
let openapi: string | undefined

const endpoints = {
  openapi: async () => {
    // Loaded when it is asked for: a health check needs no schema library.
    const { openApiDocument } = await import('../shared/contract/openapi.ts')
    openapi ??= JSON.stringify(openApiDocument(publicUrl()))
    return jsonText(200, openapi, {
      'cache-control': 'public, max-age=300',
    })
  },
  listRules: async () =>
    json(
      200,
      { items: RULE_IDS.map((id) => ({ id, ...RULES[id] })) },
      { 'cache-control': 'public, max-age=300' },
    ),
  readSignIn: async () => {
    const found = signInIn(process.env)
    return found ? json(200, found) : notFound('page where people sign in')
  },
  health: async () => json(200, { status: 'ok' }),
}

export const handler = serve(CONTRACT_ROUTES, endpoints, async (event) => {
  // Needs the whole table and the pages, which a health check does not.
  const { unrouted } = await import('./views/unrouted.ts')
  return unrouted(event)
})
