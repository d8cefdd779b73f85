import * as z from 'zod'

const voucher = z.object({ kind: z.enum(['key', 'person', 'device']), id: z.string() })

const standing = {
  role: z.string(),
  label: z.string(),
  sites: z.array(z.string()).optional(),
}

const invitationFields = {
  id: z.string(),
  ...standing,
  status: z.enum(['open', 'accepted', 'revoked', 'expired']),
  madeAt: z.string(),
  madeBy: voucher,
  expiresAt: z.string(),
  revokedAt: z.string().optional(),
  acceptedAt: z.string().optional(),
  memberId: z.string().optional().meta({ description: 'Whom it made a member' }),
}

export const invitationView = z.object(invitationFields).meta({ id: 'Invitation' })

export const madeInvitationView = z
  .object({
    ...invitationFields,
    code: z.string().meta({ description: 'Good once, for whoever has it; shown here and never again' }),
    link: z
      .string()
      .meta({ description: 'The same, to be sent to the person; the code stands behind the #' }),
  })
  .meta({ id: 'MadeInvitation' })

export const invitationList = z
  .object({ items: z.array(invitationView), next: z.string().optional() })
  .meta({ id: 'Invitations' })

const localName = z.object({ en: z.string(), zh: z.string() })

/** An invitation as whoever has its code sees it: what the organisation calls them is not in it. */
export const shownInvitationView = z
  .object({
    organisation: z.object({ id: z.string(), name: localName }),
    role: z.string(),
    sites: z
      .array(z.object({ id: z.string(), name: localName }))
      .optional()
      .meta({ description: 'The only sites at which they would record; all, if absent' }),
    status: z.enum(['open', 'accepted', 'revoked', 'expired']),
    expiresAt: z.string(),
  })
  .meta({ id: 'ShownInvitation' })

export const acceptedView = z
  .object({ id: z.string(), organisationId: z.string(), ...standing })
  .meta({ id: 'Membership' })

export const memberView = z
  .object({
    id: z.string(),
    ...standing,
    status: z.enum(['active', 'suspended', 'removed']),
    madeAt: z.string(),
    madeBy: voucher,
    suspendedAt: z.string().optional(),
    removedAt: z.string().optional(),
  })
  .meta({ id: 'Member' })

export const memberList = z
  .object({ items: z.array(memberView), next: z.string().optional() })
  .meta({ id: 'Members' })
