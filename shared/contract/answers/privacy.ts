import * as z from 'zod'

const sealedField = z.object({
  name: z.string(),
  commitment: z
    .string()
    .meta({ description: 'As it stands in the event: SHA-256(salt ‖ "." ‖ JCS(value)), in hex' }),
  status: z.enum(['shown', 'withheld', 'erased']).meta({
    description: 'Withheld: your role has no need of it, whether it is still there or not',
  }),
  salt: z.string().optional(),
  value: z.unknown().optional(),
})

export const sealedPage = z
  .object({
    items: z.array(
      z.object({
        eventId: z.string(),
        eventType: z.string(),
        occurredAt: z.string(),
        fields: z.array(sealedField),
        photos: z
          .array(z.object({ sha256: z.string(), url: z.string() }))
          .optional()
          .meta({ description: 'Links to what was uploaded; each is good for five minutes' }),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'SealedPage' })

const voucher = z.object({ kind: z.enum(['key', 'person', 'device']), id: z.string() })

export const accessPage = z
  .object({
    items: z.array(
      z.object({
        at: z.string(),
        by: voucher,
        role: z.string(),
        asked: z.enum(['sealed', 'export']),
        shown: z.array(z.object({ event: z.string(), fields: z.array(z.string()) })),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'AccessPage' })
