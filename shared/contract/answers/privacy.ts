import * as z from 'zod'
import { ERASURE_REASONS } from '../../domain/events/privacy.ts'
import { FORMS } from '../../domain/material/material.ts'

const sealedField = z.object({
  name: z.string(),
  commitment: z
    .string()
    .meta({ description: 'As it stands in the event: SHA-256(salt ‖ "." ‖ JCS(value)), in hex' }),
  status: z.enum(['shown', 'withheld', 'erased']).meta({
    description:
      'Withheld: your role has no need of it, or you are limited to other sites, whether it is still there or not',
  }),
  salt: z.string().optional(),
  value: z.unknown().optional(),
})

const photoLink = z.object({ sha256: z.string(), url: z.string() })

const photoLinks = z.array(photoLink.extend({ thumbnail: photoLink.optional() })).meta({
  description:
    'Links to what was uploaded; each is good for five minutes. A thumbnail comes first: the photo itself may follow days later',
})

export const sealedPage = z
  .object({
    items: z.array(
      z.object({
        eventId: z.string(),
        eventType: z.string(),
        occurredAt: z.string(),
        fields: z.array(sealedField),
        photos: photoLinks.optional(),
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
        asked: z.enum(['sealed', 'export', 'proof']),
        shown: z.array(z.object({ event: z.string(), fields: z.array(z.string()) })),
      }),
    ),
    next: z.string().optional(),
  })
  .meta({ id: 'AccessPage' })

export const exportPage = z
  .object({
    items: z.array(
      z.object({
        eventId: z.string(),
        eventType: z.string(),
        subjectId: z.string().meta({ description: 'The batch or shipment' }),
        siteId: z.string(),
        occurredAt: z.string(),
        recordedAt: z.string(),
        as: z.array(z.enum(['collector', 'driver', 'weigher', 'vehicle'])),
        massKg: z.number().optional(),
        form: z.enum(FORMS).optional(),
        placeId: z.string().optional(),
        fields: z.array(z.object({ name: z.string(), salt: z.string(), value: z.unknown() })),
        photos: photoLinks.optional(),
      }),
    ),
    labels: z
      .array(
        z.object({
          kind: z.enum(['device', 'enrolment', 'member', 'invitation']),
          id: z.string(),
          label: z.string(),
          madeAt: z.string(),
        }),
      )
      .optional()
      .meta({ description: 'Phones and members that are called by the name, on the first page alone' }),
    next: z.string().optional(),
  })
  .meta({ id: 'ExportPage' })

export const erasureView = z
  .object({
    id: z.string(),
    status: z.enum(['begun', 'done']),
    reason: z.enum(ERASURE_REASONS),
    by: voucher,
    entries: z.int().meta({ description: 'That named them, and do no more' }),
    removed: z.record(z.string(), z.int()).meta({ description: 'Of each sealed field, how many values' }),
    begunAt: z.string(),
    doneAt: z.string().optional(),
  })
  .meta({ id: 'Erasure' })
