import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type Provider from 'oidc-provider'
import { errorPage, PAGE_HEADERS, signInPage } from './page.ts'
import { demoPerson } from './people.ts'
import { issuerSecrets } from './secrets.ts'
import { isLoopback, ISSUER_PATH, refuseIssuerAt } from './where.ts'

/** Answers for everything below {@link ISSUER_PATH}; false elsewhere. */
export type IssuerEndpoint = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

export interface IssuerPlace {
  readonly host: string
  /** Where browsers reach the runtime. */
  readonly publicUrl: string
  readonly dataDir: string
  /** Where the client waits for who has signed in. */
  readonly redirectPath: string
}

const INTERACTION = /^\/_issuer\/interaction\/[\w-]+$/
const MAX_FORM_BYTES = 1_000

/**
 * The development issuer, mounted in the local runtime. Throws a sentence where anybody but this machine could reach it.
 * It is loaded when it is first asked: most starts sign nobody in.
 */
export function createIssuer(place: IssuerPlace): IssuerEndpoint {
  const refused = refuseIssuerAt(place)
  if (refused !== undefined) throw new Error(refused)
  let loading: Promise<Provider> | undefined
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://local')
    if (pathname !== ISSUER_PATH && !pathname.startsWith(`${ISSUER_PATH}/`)) return false
    // A page elsewhere can have its own name lead to this machine; it cannot make a browser name this machine instead.
    if (!isLoopback(URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '')) {
      show(response, 403, errorPage())
      return true
    }
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    const provider = await (loading ??= load(place))
    if (INTERACTION.test(pathname)) await signIn(provider, request, response)
    else await mounted(provider, request, response)
    return true
  }
}

async function load({ publicUrl, dataDir, redirectPath }: IssuerPlace): Promise<Provider> {
  const [{ makeProvider }, secrets] = await Promise.all([import('./provider.ts'), issuerSecrets(dataDir)])
  return makeProvider(publicUrl + ISSUER_PATH, publicUrl + redirectPath, secrets)
}

/** The provider takes the path below its own; from `originalUrl` it knows what that is. */
async function mounted(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { url = '' } = request
  const below = Object.assign(request, { originalUrl: url, url: url.slice(ISSUER_PATH.length) || '/' })
  await provider.callback()(below, response)
}

/** Who it is, is what the form says: there is no password. */
async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const isThere = await provider.interactionDetails(request, response).then(
    () => true,
    () => false,
  )
  if (!isThere) return show(response, 400, errorPage())
  if (request.method === 'GET') return show(response, 200, signInPage())
  const form = request.method === 'POST' && Number(request.headers['content-length']) <= MAX_FORM_BYTES
  const subject = form ? new URLSearchParams(await text(request)).get('person') : undefined
  const person = demoPerson(subject ?? '')
  if (!person) return show(response, 400, errorPage())
  await provider.interactionFinished(
    request,
    response,
    { login: { accountId: person.subject } },
    { mergeWithLastSubmission: false },
  )
}

function show(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' }).end(page)
}
