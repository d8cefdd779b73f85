import { photoBody } from '../requests/photos.ts'
import { COLLECTING, JSON_TYPE, type RoutesOf } from '../route.ts'

export const PHOTO_ROUTES = {
  requestPhotoUpload: {
    method: 'POST',
    path: '/v1/photos',
    serves: 'photos',
    callers: COLLECTING,
    devices: true,
    summary: 'Get a link to upload one photo to, by its hash',
    body: photoBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'photos'>
