import { photoBody } from '../requests/photos.ts'
import { COLLECTING } from '../roles.ts'
import { JSON_TYPE, type RoutesOf } from '../route.ts'

export const PHOTO_ROUTES = {
  requestPhotoUpload: {
    method: 'POST',
    path: '/v1/photos',
    serves: 'photos',
    callers: COLLECTING,
    devices: true,
    summary:
      'Get a link to upload one file of a photo to, by its hash: the thumbnail first, then the photo itself',
    body: photoBody,
    answer: { status: 201, type: JSON_TYPE },
  },
} as const satisfies RoutesOf<'photos'>
