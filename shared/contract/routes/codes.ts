import { qrPngQuery, qrSvgQuery } from '../requests/codes.ts'
import type { RoutesOf } from '../route.ts'

export const CODE_ROUTES = {
  qrSvg: {
    method: 'GET',
    path: '/v1/batches/{id}/qr.svg',
    serves: 'codes',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'The QR code of a batch as SVG',
    query: qrSvgQuery,
    answer: { status: 200, type: 'image/svg+xml', tagged: true },
    refuses: ['batch-not-active'],
  },
  qrPng: {
    method: 'GET',
    path: '/v1/batches/{id}/qr.png',
    serves: 'codes',
    callers: 'anyone',
    crossOrigin: true,
    summary: 'The QR code of a batch as PNG',
    query: qrPngQuery,
    answer: { status: 200, type: 'image/png', tagged: true },
    refuses: ['batch-not-active'],
  },
} as const satisfies RoutesOf<'codes'>
