import { PHOTO_ROUTES } from '../shared/contract/routes/photos.ts'
import { photoStorage, signPhotoUpload } from './adapters/photos.ts'
import { json } from './http/answers.ts'
import { serve } from './http/http.ts'

/** `POST /v1/photos`: a link to upload one file of a photo to, straight into storage. */
export const handler = serve(PHOTO_ROUTES, {
  requestPhotoUpload: async ({ body, caller }) =>
    json(201, await signPhotoUpload({ org: caller.org, ...body }, photoStorage(), new Date())),
})
