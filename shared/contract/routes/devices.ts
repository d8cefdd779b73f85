import { pageQuery } from '../requests/pages.ts'
import { deviceBody, enrolmentBody } from '../requests/devices.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

const ENROLLING = ['operator', 'station'] as const

export const DEVICE_ROUTES = {
  makeEnrolment: {
    method: 'POST',
    path: '/v1/enrolments',
    serves: 'devices',
    callers: ENROLLING,
    summary:
      'Make a code that enrols one phone, once and for a while; the answer shows it, this once, with its QR code',
    idempotent: true,
    body: enrolmentBody,
    answer: { status: 201, type: JSON_TYPE },
  },
  listEnrolments: {
    method: 'GET',
    path: '/v1/enrolments',
    serves: 'devices',
    callers: ENROLLING,
    summary: 'List the codes that still wait for a phone, newest first, without the codes themselves',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  cancelEnrolment: {
    method: 'POST',
    path: '/v1/enrolments/{id}/cancel',
    serves: 'devices',
    callers: ENROLLING,
    summary: 'Cancel a code that no phone has used yet, at once and for good',
    idempotent: true,
    answer: { status: 200, type: JSON_TYPE },
  },
  enrolDevice: {
    method: 'POST',
    path: '/v1/devices',
    serves: 'devices',
    callers: 'holder',
    summary:
      'Enrol a phone: the code is the credential, and the proof shows that the phone has the key it registers',
    idempotent: true,
    body: deviceBody,
    answer: { status: 201, type: JSON_TYPE },
    refuses: ['malformed-signature', 'organisation-suspended', 'too-many-requests'],
  },
  listDevices: {
    method: 'GET',
    path: '/v1/devices',
    serves: 'devices',
    callers: [...ENROLLING, 'auditor'],
    summary:
      'List the devices of your organisation, newest first, with the public keys that verify what they signed',
    query: pageQuery,
    answer: { status: 200, type: JSON_TYPE },
  },
  readOwnDevice: {
    method: 'GET',
    path: '/v1/devices/me',
    serves: 'devices',
    callers: ['collector'],
    devices: true,
    summary: 'Read what this device is enrolled as',
    answer: { status: 200, type: JSON_TYPE },
    refuses: ['not-found'],
  },
  revokeDevice: {
    method: 'POST',
    path: '/v1/devices/{id}/revoke',
    serves: 'devices',
    callers: ENROLLING,
    summary: 'Revoke a device, at once and for good; what it has recorded stays and can still be verified',
    idempotent: true,
    answer: { status: 200, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'devices'>
