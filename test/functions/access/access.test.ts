import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCESS, NAMED, type Access, type Named } from '../../../shared/contract/access.ts'
import { refuseCorrection, refuseStep } from '../../../shared/contract/roles.ts'
import { ROUTES, type Route, type RouteName } from '../../../shared/contract/routes.ts'
import { REFUSALS, type RefusalCode } from '../../../shared/domain/refusal.ts'
import { ROLES, type Role } from '../../../shared/domain/organisation.ts'
import { problemOf, type Answer } from '../../client.ts'
import { startInProcess, type InProcess } from '../../in-process.ts'
import { askOf, BYSTANDER, type Things } from './asks.ts'
import { asker, makeParties, type Parties, type Party } from './parties.ts'

/**
 * Who may do what: every route of the table, in every role and in none, for what is one's own, another's, granted, and
 * of an organisation that is suspended. What is expected is read off the route table and the table beside it.
 */
let world: InProcess
let parties: Parties
let ask: ReturnType<typeof asker>
beforeAll(async () => {
  world = await startInProcess()
  ask = asker(world)
  parties = await makeParties(world)
})
afterAll(() => world.end())

const NAMES = Object.keys(ROUTES).filter((name): name is RouteName => name in ROUTES)
const routeOf = (name: RouteName): Route => ROUTES[name]
const accessOf = (name: RouteName): Access => ACCESS[name]
const isPublic = (name: RouteName): boolean => routeOf(name).callers === 'anyone'
const mayCall = (name: RouteName, role: Role): boolean => routeOf(name).callers.includes(role)
const CLOSED = NAMES.filter((name) => typeof routeOf(name).callers !== 'string')
/** Those whose credential is not whom one calls as: a code or a signature in the body. */
const BY_CREDENTIAL = NAMES.filter((name) => ['holder', 'person'].includes(String(routeOf(name).callers)))
/** Those that name something which may be another's, with what that is. */
const NAMING = CLOSED.flatMap((name) =>
  Object.entries(accessOf(name).others).map(([named, code]): [RouteName, Named, RefusalCode] => {
    if (!isNamed(named)) throw new Error(`${named} is nothing that a request names`)
    return [name, named, code]
  }),
)

function isNamed(text: string): text is Named {
  return NAMED.some((named) => named === text)
}

/** Codes that say that one may not, or that there is nothing of the kind. */
const NOT_ALLOWED: ReadonlySet<string> = new Set([
  'unauthenticated',
  'role-not-allowed',
  'scope-not-allowed',
  'host-only',
  'organisation-suspended',
  'not-found',
  'unknown-batch',
  'unknown-site',
  'unknown-organisation',
])

/** What a refusal says, with its status as it must be; `allowed` where it was let in. */
function codeOf(answer: Answer): string {
  if (answer.status < 300) return 'allowed'
  const { code } = problemOf(answer)
  const status = Object.entries(REFUSALS).find(([known]) => known === code)?.[1].status
  return answer.status === status ? code : `${code} with ${answer.status}`
}

/**
 * The same, where what would be changed may be refused for how things stand, or what is asked about has no codes of its
 * pieces, being no product: who is told that was let in.
 */
function letIn(name: RouteName, answer: Answer): string {
  const code = codeOf(answer)
  const isRuled = routeOf(name).method === 'POST' || name === 'listSerialCodes'
  return isRuled && !NOT_ALLOWED.has(code) ? 'allowed' : code
}

/** Says nothing that belongs to an organisation, except what was asked with. */
function expectNothingOf({ org, things }: Party, { text }: Answer, asked: string): void {
  const theirs = [org, ...Object.values(things)].filter((one) => !asked.includes(one))
  // An event or a site is named after what it is of: what was asked with says that already.
  const told = theirs.filter((one) => text.replaceAll(asked, '').includes(one))
  expect(told).toEqual([])
}

const bothWays = (): [Party, Party][] => [
  [parties.mine, parties.theirs],
  [parties.theirs, parties.mine],
]
const isHost = ({ org }: Party): boolean => org === parties.mine.org
/** The run that is asked about is one of cleaning, and the event a pickup: who may do what with these is told apart. */
const OF_RUNS: ReadonlySet<RouteName> = new Set<RouteName>(['chargeRun', 'closeRun', 'voidRun', 'reopenRun'])
function barredFrom(name: RouteName, role: Role): RefusalCode | undefined {
  if (OF_RUNS.has(name)) return refuseStep(role, 'cleaning')?.refusal.code
  return name === 'correctEvent' ? refuseCorrection(role, 'PickupRecorded')?.refusal.code : undefined
}

/** What a role that the row does not name, or another organisation than the host, is told before all else. */
function barred(name: RouteName, role: Role, party: Party): RefusalCode | undefined {
  if (!mayCall(name, role)) return 'role-not-allowed'
  // A key is no device, and only a device is told what it is.
  if (name === 'readOwnDevice') return 'not-found'
  return accessOf(name).reaches === 'host' && !isHost(party) ? 'host-only' : undefined
}

describe('the table', () => {
  it('has an entry for every route, and calls public exactly what anyone may call', () => {
    expect(Object.keys(ACCESS).toSorted()).toEqual(NAMES.toSorted())
    expect(NAMES.filter((name) => accessOf(name).reaches === 'public')).toEqual(NAMES.filter(isPublic))
  })

  it('refuses as not there what a path names, and as unknown what a body or a query does', () => {
    for (const [name, named, code] of NAMING) {
      const inPath = askOf(name, parties.theirs.things)
        .path.split('?')[0]
        ?.includes(parties.theirs.things[named])
      expect([name, named, code === 'not-found']).toEqual([name, named, inPath])
    }
  })

  it('says of whatever can be asked for by id that another’s may be named', () => {
    const byId = CLOSED.filter((name) => routeOf(name).path.includes('{id}'))
    const naming = byId.filter((name) => Object.values(accessOf(name).others).includes('not-found'))
    expect(byId.filter((name) => accessOf(name).reaches !== 'host')).toEqual(naming)
  })

  it('lets auditors read in another’s place what is read of an organisation’s books, and nothing else', () => {
    const audited = NAMES.filter((name) => routeOf(name).audited)
    const readable = CLOSED.filter(
      (name) => routeOf(name).method === 'GET' && mayCall(name, 'auditor') && !NO_BOOKS.has(name),
    )
    expect(audited).toEqual(readable)
  })
})

/** What auditors of one's own organisation read, and nobody else's: grants, devices, and whatever concerns persons. */
const NO_BOOKS: ReadonlySet<RouteName> = new Set<RouteName>([
  'listGrants',
  'listDevices',
  'readSealed',
  'readSealedShipment',
  'readSignedProof',
  'listAccesses',
  'readErasure',
  'readErasureEvents',
])

describe.each(BY_CREDENTIAL)('%s', (name) => {
  it('lets nobody in by a key, whoever they are, nor without a good credential, and tells nothing', async () => {
    const keys = [undefined, 'nonsense', ...Object.values(parties.mine.keys)]
    for (const key of keys) {
      const answer = await ask(askOf(name, parties.mine.things), key)
      expect([400, 401, 403]).toContain(answer.status)
      expectNothingOf(parties.mine, answer, '')
    }
  })

  it('reaches what its credential is for, in the table too', () => {
    expect(accessOf(name)).toEqual({ reaches: 'credential', others: {} })
  })
})

describe.each(NAMES.filter(isPublic))('%s', (name) => {
  it('answers anybody, with any key or none', async () => {
    for (const things of [parties.mine.things, parties.theirs.things]) {
      for (const key of [undefined, 'nonsense', parties.suspended.operator, parties.theirs.keys.brand])
        expect((await ask(askOf(name, things), key)).status).toBe(200)
    }
  })
})

describe.each(CLOSED)('%s', (name) => {
  it('lets nobody in without a good key, nor by any key of an organisation that is suspended', async () => {
    const asked = askOf(name, parties.mine.things)
    const unknown = [undefined, 'tm_operator_made_up_key_of_nobody']
    for (const key of [...unknown, ...Object.values(parties.suspended)]) {
      const answer = await ask(asked, key)
      const code = unknown.includes(key) ? 'unauthenticated' : 'organisation-suspended'
      expect(codeOf(answer)).toBe(code)
      expectNothingOf(parties.mine, answer, asked.path + (asked.body ?? ''))
    }
  })

  it.each(ROLES)('lets a %s in for what is their own exactly where the row names the role', async (role) => {
    for (const [party, other] of bothWays()) {
      const asked = askOf(name, party.things)
      const answer = await ask(asked, party.keys[role])
      expect(letIn(name, answer)).toBe(barred(name, role, party) ?? barredFrom(name, role) ?? 'allowed')
      if (accessOf(name).reaches !== 'host') expectNothingOf(other, answer, asked.path + (asked.body ?? ''))
    }
  })

  it.each(ROLES)(
    'shows an auditor’s organisation what was granted to it, and nobody else of it: %s',
    async (role) => {
      const { mine, theirs, inspectors } = parties
      const inPlaceOf = ({ org, things }: Party, key: string) =>
        ask(askOf(name, things), key, { 'Tidemark-Organisation': org })
      const granted = await inPlaceOf(mine, inspectors[role])
      const notGranted = await inPlaceOf(theirs, inspectors[role])
      const isAudited = routeOf(name).audited && role === 'auditor'
      const expected = isAudited ? ['allowed', 'not-found'] : ['role-not-allowed', 'role-not-allowed']
      expect([granted, notGranted].map(codeOf)).toEqual(expected)
      if (!isAudited) expectNothingOf(mine, granted, JSON.stringify(askOf(name, mine.things)))
      expectNothingOf(theirs, notGranted, JSON.stringify([theirs.org, askOf(name, theirs.things)]))
    },
  )
})

describe.each(NAMING)('%s of another’s %s', (name, named, code) => {
  it.each(ROLES)(`is refused to a %s as ${code}, with nothing of it`, async (role) => {
    for (const [party, other] of bothWays()) {
      const things: Things = { ...party.things, [named]: other.things[named] }
      const asked = askOf(name, things)
      const answer = await ask(asked, party.keys[role])
      // What is not there is not there for anybody; only of what is one's own one's role is asked.
      const first = code === 'not-found' ? undefined : barredFrom(name, role)
      expect(codeOf(answer)).toBe(barred(name, role, party) ?? first ?? code)
      expectNothingOf(other, answer, other.things[named])
      expect(answer.text).not.toContain(BYSTANDER)
    }
  })

  it('is refused alike whether it is there or not', async () => {
    const { mine, theirs } = parties
    const nothing = named === 'site' ? 'nowhere' : theirs.things[named].replace(/\w{4}(?=$|-1$)/, 'ZZZZ')
    const told = async (id: string) => {
      const answer = await ask(askOf(name, { ...mine.things, [named]: id }), mine.keys.operator)
      const { requestId: _, ...problem } = problemOf(answer)
      return JSON.stringify(problem).replaceAll(id, 'it')
    }
    expect(await told(theirs.things[named])).toBe(await told(nothing))
  })
})
