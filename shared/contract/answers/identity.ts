import * as z from 'zod'

const voucher = z.object({ kind: z.enum(['key', 'person', 'device']), id: z.string() })

const keyFields = {
  id: z.string(),
  name: z.string(),
  role: z.string(),
  scopes: z.array(z.string()).optional(),
  status: z.enum(['active', 'expired', 'revoked']),
  madeAt: z.string(),
  madeBy: voucher,
  expiresAt: z.string().optional(),
  revokedAt: z.string().optional(),
  replacedBy: z.string().optional().meta({ description: 'The key that takes its place' }),
  lastUsedAt: z.string().optional().meta({ description: 'To within five minutes' }),
}

export const keyView = z.object(keyFields).meta({ id: 'Key' })

export const madeKeyView = z
  .object({
    ...keyFields,
    secret: z.string().meta({ description: 'The key itself; shown here and never again' }),
  })
  .meta({ id: 'MadeKey' })

export const keyList = z.object({ items: z.array(keyView), next: z.string().optional() }).meta({ id: 'Keys' })

export const grantView = z
  .object({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    kind: z.enum(['audit', 'lineage']),
    sites: z.array(z.string()).optional(),
    until: z.string().optional(),
    depth: z.int().optional(),
    status: z.enum(['active', 'expired', 'revoked']),
    madeAt: z.string(),
    revokedAt: z.string().optional(),
  })
  .meta({ id: 'Grant' })

export const grantLists = z
  .object({ given: z.array(grantView), received: z.array(grantView) })
  .meta({ id: 'Grants' })
