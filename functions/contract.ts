import { CONTRACT_ROUTES } from '../shared/contract/routes/contract.ts'
import { RULE_IDS, RULES } from '../shared/domain/checks/rule.ts'
import { json, jsonText } from './answers.ts'
import { serve } from './http.ts'
import { publicUrl } from './links.ts'

/** The contract and the health check: touches nothing, so it answers even when nothing else does. */
let openapi: string | undefined

export const handler = serve(CONTRACT_ROUTES, {
  openapi: async () => {
    // Loaded when it is asked for: a health check needs no schema library.
    const { openApiDocument } = await import('../shared/contract/openapi.ts')
    openapi ??= JSON.stringify(openApiDocument(publicUrl()))
    return jsonText(200, openapi, {
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    })
  },
  listRules: async () =>
    json(
      200,
      { items: RULE_IDS.map((id) => ({ id, ...RULES[id] })) },
      { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
    ),
  health: async () => json(200, { status: 'ok' }),
})
