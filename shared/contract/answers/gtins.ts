import * as z from 'zod'

export const gtinView = z
  .object({
    gtin: z.string().meta({ description: '14 digits' }),
    makers: z.array(z.string()).meta({ description: 'Organisations that may make lots with it' }),
    unlisted: z
      .array(z.string())
      .meta({ description: 'Organisations whose lots are not offered to those who ask for it' }),
    decidedAt: z.string().optional().meta({
      description: 'When the host first decided on it; absent where the first lot alone did',
    }),
  })
  .meta({ id: 'Gtin' })

export const gtinPage = z
  .object({ items: z.array(gtinView), next: z.string().optional() })
  .meta({ id: 'Gtins' })
