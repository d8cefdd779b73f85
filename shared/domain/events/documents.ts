import type { LossKind } from '../material/material.ts'

/** What a document that belongs to a run is: what shows its weights, where things came from or went, or that a line was clean. */
export const DOCUMENT_KINDS = [
  'weighing',
  'delivery',
  'waste',
  'laboratory',
  'cleaning',
  'contract',
  'other',
] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** A document by what it can be found and known again by. The document itself stays with whoever has it. */
export interface RunDocument {
  readonly kind: DocumentKind
  /** Its number or name; of no person. */
  readonly number: string
  /** Of the document as a file. */
  readonly sha256?: string
  /** Day of issue, `2026-08-19`. */
  readonly issuedOn?: string
}

/** What is on record of the end of a run besides its figures. What nobody gave is absent. */
export interface RunRecords {
  readonly documents?: readonly RunDocument[]
  /** Evidence that the line was cleaned of the material before. */
  readonly lineCleaningRecordId?: string
  /** By kind of loss, the document that says where it went. */
  readonly destinationDocumentIds?: Destinations
}

export type Destinations = Readonly<Partial<Record<LossKind, string>>>

/** The records among other fields; nothing where there are none. */
export function recordsIn({
  documents,
  lineCleaningRecordId,
  destinationDocumentIds,
}: RunRecords): RunRecords {
  return {
    ...(documents && documents.length > 0 && { documents }),
    ...(lineCleaningRecordId !== undefined && { lineCleaningRecordId }),
    ...(destinationDocumentIds &&
      Object.keys(destinationDocumentIds).length > 0 && { destinationDocumentIds }),
  }
}
