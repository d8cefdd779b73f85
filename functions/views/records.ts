import type { RunDocument, RunRecords } from '../../shared/domain/events/documents.ts'

/** What is on record of a run, as it is shown. */
export const viewRecords = ({ documents, destinationDocumentIds, ...rest }: RunRecords) => ({
  ...rest,
  ...(documents && { documents: documents.map(viewDocument) }),
  ...(destinationDocumentIds && { destinationDocumentIds: { ...destinationDocumentIds } }),
})

export const viewDocument = (
  document: RunDocument,
): { -readonly [Field in keyof RunDocument]: RunDocument[Field] } => ({
  ...document,
})
