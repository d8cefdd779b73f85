import * as z from 'zod'

/** What the service says of itself. */
export const healthView = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })

export const openApiView = z.looseObject({ openapi: z.literal('3.1.0') }).meta({ id: 'OpenApi' })
