import * as z from 'zod'
import { DOCUMENT_KINDS } from '../../domain/events/documents.ts'

export const documentView = z.object({
  kind: z.enum(DOCUMENT_KINDS),
  number: z.string(),
  sha256: z.string().optional(),
  issuedOn: z.string().optional(),
})

/** What is on record of a run besides its figures. */
export const recordFields = {
  documents: z.array(documentView).optional().meta({ description: 'As they were named when it was closed' }),
  lineCleaningRecordId: z.string().optional(),
  destinationDocumentIds: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'By kind of loss, the document that says where it went' }),
}
