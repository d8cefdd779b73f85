import * as z from 'zod'

export const uploadView = z
  .object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) })
  .meta({ id: 'Upload' })
