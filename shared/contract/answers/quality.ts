import * as z from 'zod'
import { STEPS } from '../../domain/lineage/journey.ts'
import { FORMS } from '../../domain/material/material.ts'
import { batchView, inspection } from './batches.ts'

export const inspectionView = inspection.extend({ batchId: z.string() }).meta({ id: 'Inspection' })

const shown = batchView.optional().meta({ description: 'Left out for who only rejected the batch' })

export const holdView = z.object({ holdId: z.string(), batch: shown }).meta({ id: 'Hold' })

export const releaseView = z.object({ released: z.array(z.string()), batch: shown }).meta({ id: 'Release' })

export const certificateView = z
  .object({
    id: z.string(),
    scheme: z.string(),
    number: z.string(),
    body: z.string(),
    sites: z.array(z.string()),
    steps: z.array(z.enum(STEPS)),
    forms: z.array(z.enum(FORMS)).optional(),
    validFrom: z.string(),
    validTo: z.string(),
    url: z.string().optional(),
    withdrawnAt: z.string().optional(),
  })
  .meta({ id: 'Certificate' })

export const certificateList = z.object({ items: z.array(certificateView) }).meta({ id: 'CertificateList' })

export const correctionView = z
  .object({ id: z.string(), corrects: z.string(), type: z.string(), recordedAt: z.string() })
  .meta({ id: 'Correction' })
