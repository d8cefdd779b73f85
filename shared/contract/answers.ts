import type * as z from 'zod'
import { batchPage, becameView, batchView, checkPage, eventPage, tracePage } from './answers/batches.ts'
import { gtinPage, gtinView } from './answers/gtins.ts'
import { grantLists, grantView, keyList, keyView, madeKeyView } from './answers/identity.ts'
import {
  contactView,
  madeOrganisationView,
  organisationView,
  siteView,
  standingList,
  standingView,
} from './answers/organisation.ts'
import {
  deviceList,
  deviceView,
  enrolmentList,
  enrolmentView,
  madeEnrolmentView,
  ownDeviceView,
} from './answers/devices.ts'
import {
  acceptedView,
  invitationList,
  invitationView,
  madeInvitationView,
  memberList,
  memberView,
  shownInvitationView,
} from './answers/people.ts'
import { uploadView } from './answers/photos.ts'
import { accessPage, erasureView, exportPage, sealedPage } from './answers/privacy.ts'
import { shipmentPage, shipmentView } from './answers/custody.ts'
import {
  certificateList,
  certificateView,
  correctionView,
  holdView,
  inspectionView,
  releaseView,
} from './answers/quality.ts'
import { massBalanceView, periodList, periodView } from './answers/reports.ts'
import { runPage, runView } from './answers/runs.ts'
import {
  healthView,
  linksetView,
  logKeyList,
  openApiView,
  resolverView,
  ruleList,
  signInView,
} from './answers/service.ts'
import type { ROUTES, RouteName } from './routes.ts'

/**
 * What each route answers. It stands apart from the route table because only OpenAPI and tests need these schemas, and
 * a schema costs start-up in every function that loads it; handlers have their types alone. A route that answers JSON
 * and is not here does not compile.
 */
export const ANSWERS = {
  recordPickup: batchView,
  requestPhotoUpload: uploadView,
  readOrganisation: organisationView,
  listBatches: batchPage,
  readBatch: batchView,
  readEvents: eventPage,
  readChecks: checkPage,
  traceBatch: tracePage,
  readBecame: becameView,
  processBatches: runView,
  chargeRun: runView,
  closeRun: runView,
  voidRun: runView,
  reopenRun: runView,
  shipBatches: shipmentView,
  receiveShipment: shipmentView,
  inspectBatch: inspectionView,
  holdBatch: holdView,
  releaseBatch: releaseView,
  registerCertificate: certificateView,
  correctEvent: correctionView,
  readRun: runView,
  readRunEvents: eventPage,
  listRuns: runPage,
  readShipment: shipmentView,
  readShipmentEvents: eventPage,
  listShipments: shipmentPage,
  listCertificates: certificateList,
  readMassBalance: massBalanceView,
  listPeriods: periodList,
  closePeriod: periodView,
  makeProduct: batchView,
  makeKey: madeKeyView,
  listKeys: keyList,
  rotateKey: madeKeyView,
  revokeKey: keyView,
  readSealed: sealedPage,
  readSealedShipment: sealedPage,
  exportPerson: exportPage,
  listAccesses: accessPage,
  erasePerson: erasureView,
  readErasure: erasureView,
  readErasureEvents: eventPage,
  recordSignedPickup: batchView,
  makeEnrolment: madeEnrolmentView,
  listEnrolments: enrolmentList,
  cancelEnrolment: enrolmentView,
  enrolDevice: ownDeviceView,
  readOwnDevice: ownDeviceView,
  listDevices: deviceList,
  revokeDevice: deviceView,
  makeInvitation: madeInvitationView,
  listInvitations: invitationList,
  revokeInvitation: invitationView,
  readInvitation: shownInvitationView,
  acceptInvitation: acceptedView,
  listMembers: memberList,
  suspendMember: memberView,
  resumeMember: memberView,
  removeMember: memberView,
  assignRole: memberView,
  makeOrganisation: madeOrganisationView,
  listOrganisations: standingList,
  suspendOrganisation: standingView,
  resumeOrganisation: standingView,
  renewFirstKey: madeKeyView,
  setContact: contactView,
  addSite: siteView,
  closeSite: siteView,
  giveGrant: grantView,
  listGrants: grantLists,
  revokeGrant: grantView,
  listGtins: gtinPage,
  readGtin: gtinView,
  licenseGtin: gtinView,
  withdrawGtin: gtinView,
  resolve: linksetView,
  describeResolver: resolverView,
  listLogKeys: logKeyList,
  openapi: openApiView,
  listRules: ruleList,
  readSignIn: signInView,
  health: healthView,
} as const satisfies Record<JsonRoute, z.ZodType>

type Table = typeof ROUTES
type JsonRoute = {
  [Name in RouteName]: Table[Name]['answer']['type'] extends 'application/json' | 'application/linkset+json'
    ? Name
    : never
}[RouteName]
