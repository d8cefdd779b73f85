import type { RefusalCode } from '../domain/refusal.ts'
import type { RouteName } from './routes.ts'

/**
 * What an answer or a change reaches:
 * `public`: what anybody may see. `own`: the caller's own organisation's. `held`: batches that it holds, held, or still
 * holds back. `shipped`: what was shipped by it or to it. `lineage`: what it holds or held, and further up as much as its
 * partners let it see. `host`: all organisations, for operators of the one that runs the deployment. `credential`: what
 * the code or the signature in the body is for, of whichever organisation.
 */
export type Reach = 'public' | 'own' | 'held' | 'shipped' | 'lineage' | 'host' | 'credential'

/** What a request can name that may be another organisation's. */
export const NAMED = [
  'batch',
  'run',
  'shipment',
  'event',
  'site',
  'key',
  'grant',
  'enrolment',
  'device',
  'member',
  'invitation',
  'erasure',
] as const
export type Named = (typeof NAMED)[number]

export interface Access {
  readonly reaches: Reach
  /**
   * How another's thing is refused, by what names it: as `not-found`, where even existence is private, if the path names
   * it; as unknown (422) if the body or the query does. A thing that is not here cannot be named.
   */
  readonly others: Readonly<Partial<Record<Named, RefusalCode>>>
}

const SITE = { site: 'unknown-site' } as const
const BATCH = { batch: 'unknown-batch' } as const
const own = (others: Access['others'] = {}): Access => ({ reaches: 'own', others })
const PUBLIC: Access = { reaches: 'public', others: {} }
const CREDENTIAL: Access = { reaches: 'credential', others: {} }
const HOST: Access = { reaches: 'host', others: {} }
const HELD: Access = { reaches: 'held', others: { batch: 'not-found' } }
const LINEAGE: Access = { reaches: 'lineage', others: { batch: 'not-found' } }
const RUN = { run: 'not-found' } as const
const MEMBER = own({ member: 'not-found' })
const ERASURE = own({ erasure: 'not-found' })

/**
 * Who may do what, beside the routes: each row of the route table says which roles may call, this says how far. A route
 * without an entry does not compile; OpenAPI prints it, and a test asks every route in every role for its own and for
 * others' things.
 */
export const ACCESS = {
  recordPickup: own(SITE),
  requestPhotoUpload: own(),
  readOrganisation: own(),
  listBatches: own(SITE),
  readBatch: LINEAGE,
  readEvents: LINEAGE,
  readChecks: LINEAGE,
  traceBatch: LINEAGE,
  readBecame: own({ batch: 'not-found' }),
  processBatches: own({ ...SITE, ...BATCH }),
  chargeRun: own({ ...RUN, ...BATCH }),
  closeRun: own(RUN),
  voidRun: own(RUN),
  reopenRun: own(RUN),
  makeProduct: own({ ...SITE, ...BATCH }),
  shipBatches: own({ ...SITE, ...BATCH }),
  receiveShipment: { reaches: 'shipped', others: { shipment: 'not-found', ...SITE } },
  inspectBatch: HELD,
  holdBatch: HELD,
  releaseBatch: HELD,
  registerCertificate: own(SITE),
  correctEvent: own({ event: 'not-found' }),
  readRun: { reaches: 'lineage', others: RUN },
  readRunEvents: own(RUN),
  listRuns: own(),
  readShipment: { reaches: 'shipped', others: { shipment: 'not-found' } },
  readShipmentEvents: { reaches: 'shipped', others: { shipment: 'not-found' } },
  listShipments: { reaches: 'shipped', others: {} },
  listCertificates: own(),
  readMassBalance: own(SITE),
  listPeriods: own(SITE),
  closePeriod: own(SITE),
  makeKey: own(),
  listKeys: own(),
  rotateKey: own({ key: 'not-found' }),
  revokeKey: own({ key: 'not-found' }),
  makeOrganisation: HOST,
  listOrganisations: HOST,
  suspendOrganisation: HOST,
  resumeOrganisation: HOST,
  renewFirstKey: HOST,
  setContact: own(),
  addSite: own(),
  closeSite: own({ site: 'not-found' }),
  giveGrant: own(SITE),
  listGrants: own(),
  revokeGrant: own({ grant: 'not-found' }),
  listGtins: HOST,
  readGtin: HOST,
  licenseGtin: HOST,
  withdrawGtin: HOST,
  recordSignedPickup: CREDENTIAL,
  makeEnrolment: own(SITE),
  listEnrolments: own(),
  cancelEnrolment: own({ enrolment: 'not-found' }),
  enrolDevice: CREDENTIAL,
  listDevices: own(),
  readOwnDevice: own(),
  revokeDevice: own({ device: 'not-found' }),
  makeInvitation: own(SITE),
  listInvitations: own(),
  revokeInvitation: own({ invitation: 'not-found' }),
  readInvitation: CREDENTIAL,
  acceptInvitation: CREDENTIAL,
  listMembers: own(),
  suspendMember: MEMBER,
  resumeMember: MEMBER,
  removeMember: MEMBER,
  assignRole: MEMBER,
  readSealed: own({ batch: 'not-found' }),
  readSignedProof: LINEAGE,
  readSealedShipment: { reaches: 'shipped', others: { shipment: 'not-found' } },
  exportPerson: own(),
  listAccesses: own(),
  erasePerson: own(),
  readErasure: ERASURE,
  readErasureEvents: ERASURE,
  qrSvg: PUBLIC,
  qrPng: PUBLIC,
  label: PUBLIC,
  listSerialCodes: HELD,
  scan: PUBLIC,
  resolve: PUBLIC,
  describeResolver: PUBLIC,
  readProof: PUBLIC,
  readCheckpoint: PUBLIC,
  readTile: PUBLIC,
  listLogKeys: PUBLIC,
  openapi: PUBLIC,
  listRules: PUBLIC,
  readSignIn: PUBLIC,
  health: PUBLIC,
  collect: PUBLIC,
  console: PUBLIC,
} as const satisfies Record<RouteName, Access>
