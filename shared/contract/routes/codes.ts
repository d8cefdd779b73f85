import type { RoutesOf } from '../route.ts'

export const CODE_ROUTES = {
  qrSvg: {
    method: 'GET',
    path: '/v1/batches/{id}/qr.svg',
    serves: 'codes',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'The QR code of a batch as SVG',
    answer: { status: 200, type: 'image/svg+xml' },
  },
  qrPng: {
    method: 'GET',
    path: '/v1/batches/{id}/qr.png',
    serves: 'codes',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'The QR code of a batch as PNG',
    answer: { status: 200, type: 'image/png' },
  },
} as const satisfies RoutesOf<'codes'>
