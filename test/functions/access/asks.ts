import type { Named } from '../../../shared/contract/access.ts'
import { ROUTES, type RouteName } from '../../../shared/contract/routes.ts'
import { aCertificate, anInspection, aPickup, aProduct, aReceipt, aRun, aShipment } from '../../given.ts'

/** What belongs to an organisation, or was shipped to it: something of every kind that a request can name. */
export type Things = Readonly<Record<Named, string>> & {
  /** On its way to the organisation in `shipment`. */
  readonly load: string
  /** What follows `/01/` in the code of a product lot. */
  readonly digitalLink: string
  /** What follows `/log/tile/`. */
  readonly tile: string
}

/** A request that fits its route: what fills its path, its query and its body. */
interface Ask {
  readonly id?: string
  readonly rest?: string
  readonly query?: string
  readonly body?: object
}

/** An organisation that has nothing to do with those whose access is tested. */
export const BYSTANDER = 'ningbo'

/** An organisation that nobody minds being suspended and resumed. */
export const SPARE = 'spare-org'

/** Of GS1's examples. Two organisations make the same product, since the host has named both. */
export const GTIN = '09506000134352'

/** Of nobody: the generator of the curve, which is a point like any other. */
export const SOME_KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY',
  y: 'T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU',
} as const

const NO_REASON = { reason: 'asked by a test' }
const name = { en: 'New', zh: '新' }
let count = 0
const fresh = (prefix: string): string => `${prefix}-${++count}`

/** How every route is asked for, or about, what belongs to somebody. A route that is not here does not compile. */
const ASKS = {
  recordPickup: ({ site }) => ({ body: aPickup({ siteId: site }) }),
  requestPhotoUpload: () => ({ body: { sha256: 'ab'.repeat(32), mediaType: 'image/jpeg', bytes: 10 } }),
  readOrganisation: () => ({}),
  listBatches: ({ site }) => ({ query: `site=${site}` }),
  readBatch: ({ batch }) => ({ id: batch }),
  readProof: ({ batch }) => ({ id: batch }),
  readSignedProof: ({ batch }) => ({ id: batch }),
  readEvents: ({ batch }) => ({ id: batch }),
  readChecks: ({ batch }) => ({ id: batch }),
  traceBatch: ({ batch }) => ({ id: batch }),
  readBecame: ({ batch }) => ({ id: batch }),
  processBatches: ({ site, batch }) => ({ body: aRun(batch, { siteId: site }) }),
  chargeRun: ({ run, batch }) => ({ id: run, body: { charges: [{ batchId: batch, massKg: 1 }] } }),
  closeRun: ({ run }) => ({ id: run, body: { outputs: [{ massKg: 1 }] } }),
  voidRun: ({ run }) => ({ id: run, body: NO_REASON }),
  reopenRun: ({ run }) => ({ id: run, body: NO_REASON }),
  makeProduct: ({ site, batch }) => ({ body: aProduct(batch, { siteId: site }) }),
  shipBatches: ({ site, batch }) => ({
    body: aShipment([batch], { siteId: site, to: { organisationId: BYSTANDER, siteId: 'beilun' } }),
  }),
  receiveShipment: ({ shipment, site, load }) => ({
    id: shipment,
    body: aReceipt([{ batchId: load, massKg: 100 }], { siteId: site }),
  }),
  inspectBatch: ({ batch }) => ({ id: batch, body: anInspection() }),
  holdBatch: ({ batch }) => ({ id: batch, body: { reason: 'quality' } }),
  releaseBatch: ({ batch }) => ({ id: batch, body: {} }),
  registerCertificate: ({ site }) => ({ body: aCertificate({ sites: [site], number: fresh('C') }) }),
  correctEvent: ({ event }) => ({ id: event, body: NO_REASON }),
  readRun: ({ run }) => ({ id: run }),
  readRunEvents: ({ run }) => ({ id: run }),
  listRuns: () => ({}),
  readShipment: ({ shipment }) => ({ id: shipment }),
  readShipmentEvents: ({ shipment }) => ({ id: shipment }),
  listShipments: () => ({}),
  listCertificates: () => ({}),
  readMassBalance: ({ site }) => ({ query: `site=${site}` }),
  listPeriods: ({ site }) => ({ query: `site=${site}` }),
  closePeriod: ({ site }) => ({ body: { siteId: site, to: '2026-09-01' } }),
  makeKey: () => ({ body: { name: 'Made by a test', role: 'auditor' } }),
  listKeys: () => ({}),
  rotateKey: ({ key }) => ({ id: key, body: {} }),
  revokeKey: ({ key }) => ({ id: key }),
  makeOrganisation: () => ({ body: { id: fresh('made'), name } }),
  listOrganisations: () => ({}),
  suspendOrganisation: () => ({ id: SPARE }),
  resumeOrganisation: () => ({ id: SPARE }),
  renewFirstKey: () => ({ id: SPARE }),
  setContact: () => ({ body: { contact: 'ask@coop.example' } }),
  addSite: () => ({ body: { id: fresh('site'), kind: 'station', name, lat: 30, lon: 122 } }),
  closeSite: ({ site }) => ({ id: site }),
  giveGrant: ({ site }) => ({
    body: { kind: 'audit', to: BYSTANDER, sites: [site], until: '2099-01-01T00:00:00Z' },
  }),
  listGrants: () => ({}),
  revokeGrant: ({ grant }) => ({ id: grant }),
  listGtins: () => ({}),
  readGtin: () => ({ id: GTIN }),
  licenseGtin: () => ({ id: GTIN, body: { organisationId: SPARE } }),
  withdrawGtin: () => ({ id: GTIN, body: { organisationId: SPARE } }),
  recordSignedPickup: () => ({ body: { entry: 'no.signed.text' } }),
  makeEnrolment: ({ site }) => ({ body: { siteId: site, label: 'Boat 7' } }),
  listEnrolments: () => ({}),
  cancelEnrolment: ({ enrolment }) => ({ id: enrolment }),
  enrolDevice: () => ({
    body: { code: 'ZZZZ-ZZZZ-ZZZZ-ZZZZ', publicKey: SOME_KEY, proof: 'no.signed.text' },
  }),
  listDevices: () => ({}),
  readOwnDevice: () => ({}),
  revokeDevice: ({ device }) => ({ id: device }),
  makeInvitation: ({ site }) => ({ body: { role: 'station', label: 'Night shift', sites: [site] } }),
  listInvitations: () => ({}),
  revokeInvitation: ({ invitation }) => ({ id: invitation }),
  readInvitation: () => ({ body: { code: `ti_${'0'.repeat(32)}` } }),
  acceptInvitation: () => ({ body: { code: `ti_${'0'.repeat(32)}` } }),
  listMembers: () => ({}),
  suspendMember: ({ member }) => ({ id: member }),
  resumeMember: ({ member }) => ({ id: member }),
  removeMember: ({ member }) => ({ id: member }),
  assignRole: ({ member }) => ({ id: member, body: { role: 'recycler' } }),
  readSealed: ({ batch }) => ({ id: batch }),
  readSealedShipment: ({ shipment }) => ({ id: shipment }),
  exportPerson: () => ({ body: { person: 'Nobody of that name' } }),
  listAccesses: () => ({}),
  erasePerson: () => ({ body: { person: 'Nobody of that name', reason: 'person-asked' } }),
  readErasure: ({ erasure }) => ({ id: erasure }),
  readErasureEvents: ({ erasure }) => ({ id: erasure }),
  qrSvg: ({ batch }) => ({ id: batch }),
  qrPng: ({ batch }) => ({ id: batch }),
  label: ({ batch }) => ({ id: batch }),
  listSerialCodes: ({ batch }) => ({ id: batch }),
  scan: ({ batch }) => ({ id: batch }),
  resolve: ({ digitalLink }) => ({ rest: digitalLink, query: 'linkType=linkset' }),
  describeResolver: () => ({}),
  readCheckpoint: () => ({}),
  readTile: ({ tile }) => ({ rest: tile }),
  listLogKeys: () => ({}),
  openapi: () => ({}),
  listRules: () => ({}),
  readSignIn: () => ({}),
  health: () => ({}),
  collect: () => ({}),
  console: () => ({}),
} as const satisfies Record<RouteName, (things: Things) => Ask>

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

/** The request of a route that names these things. */
export function askOf(route: RouteName, things: Things): Asked {
  const { method, path } = ROUTES[route]
  const { id = '', rest = '', query, body }: Ask = ASKS[route](things)
  const filled = path.replace('{id}', id).replace('{rest+}', rest)
  return {
    method,
    path: query === undefined ? filled : `${filled}?${query}`,
    body: body && JSON.stringify(body),
  }
}
