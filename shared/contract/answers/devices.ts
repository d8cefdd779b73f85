import * as z from 'zod'

const voucher = z.object({ kind: z.enum(['key', 'person', 'device']), id: z.string() })

const enrolmentFields = {
  id: z.string(),
  siteId: z.string(),
  label: z.string(),
  madeAt: z.string(),
  madeBy: voucher,
  expiresAt: z.string(),
  cancelledAt: z.string().optional(),
}

export const enrolmentView = z.object(enrolmentFields).meta({ id: 'Enrolment' })

export const madeEnrolmentView = z
  .object({
    ...enrolmentFields,
    code: z
      .string()
      .meta({ description: 'In groups of four, to be typed where nothing can be scanned. Shown once.' }),
    link: z.string().meta({ description: 'Opens the form, which enrols the phone that opened it' }),
    qrSvg: z.string().meta({ description: 'The link as a QR code, an SVG image' }),
  })
  .meta({ id: 'MadeEnrolment' })

export const enrolmentList = z
  .object({ items: z.array(enrolmentView), next: z.string().optional() })
  .meta({ id: 'Enrolments' })

export const deviceView = z
  .object({
    id: z.string(),
    siteId: z.string(),
    label: z.string(),
    status: z.enum(['active', 'revoked']),
    publicKey: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
    madeAt: z.string(),
    madeBy: voucher.meta({ description: 'Who made its code' }),
    revokedAt: z.string().optional(),
    lastUsedAt: z.string().optional().meta({ description: 'Its last token, to within five minutes' }),
  })
  .meta({ id: 'Device' })

export const deviceList = z
  .object({ items: z.array(deviceView), next: z.string().optional() })
  .meta({ id: 'Devices' })

const localName = z.object({ en: z.string(), zh: z.string() })

export const ownDeviceView = z
  .object({
    id: z.string(),
    label: z.string(),
    status: z.literal('active'),
    organisation: z.object({ id: z.string(), name: localName }),
    site: z.object({
      id: z.string(),
      kind: z.string(),
      name: localName,
      lat: z.number(),
      lon: z.number(),
    }),
    serverTime: z.string(),
  })
  .meta({ id: 'OwnDevice' })
