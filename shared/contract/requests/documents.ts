import * as z from 'zod'
import { DOCUMENT_KINDS } from '../../domain/events/documents.ts'
import { RUN_LOSS_KINDS, type LossKind } from '../../domain/material/material.ts'
import { sha256, text } from './fields.ts'

/** Documents and records that belong to a run: found again by their numbers, known again by their hashes. */
export const MAX_DOCUMENTS = 20
const LONGEST_NUMBER = 60

export const documents = z
  .array(
    z.strictObject({
      kind: z.enum(DOCUMENT_KINDS),
      number: text(LONGEST_NUMBER).meta({ description: 'Its number or name; never the name of a person' }),
      sha256: sha256.exactOptional().meta({ description: 'Of the document as a file' }),
      issuedOn: z.iso.date().exactOptional().meta({ description: 'The day on which it was issued' }),
    }),
  )
  .max(MAX_DOCUMENTS, `At most ${MAX_DOCUMENTS} documents can be named in one call`)
  .check(({ value, issues }) => {
    value.forEach(({ kind, number }, index) => {
      if (value.findIndex((other) => other.kind === kind && other.number === number) === index) return
      const message = `The document ${kind} ${number} is named twice; name each once`
      issues.push({ code: 'custom', input: value, path: [index], message })
    })
  })
  .optional()
  .meta({ description: 'Documents of this run, such as weighing slips and delivery notes' })

export const lineCleaningRecordId = text(LONGEST_NUMBER).optional().meta({
  description: 'Record that the line was cleaned of the material before this run',
})

const destination = text(LONGEST_NUMBER).exactOptional()

/** Moisture goes into the air, so it has none. */
export const destinationDocumentIds = z
  .strictObject({ reject: destination, 'wash-loss': destination, purge: destination, other: destination })
  .optional()
  .meta({
    description:
      'By kind of loss, the document that says where it went; without one of its own, `wasteDocument` is that of rejects and other waste',
  })

interface Lost {
  readonly losses: Readonly<Partial<Record<LossKind, number>>>
  readonly destinationDocumentIds?: Readonly<Partial<Record<LossKind, string>>> | undefined
}

/** A destination is of something that was lost. */
export function checkDestinations({ value, issues }: z.core.ParsePayload<Lost>): void {
  for (const kind of RUN_LOSS_KINDS) {
    if (value.destinationDocumentIds?.[kind] === undefined || (value.losses[kind] ?? 0) > 0) continue
    const message = `No loss of the kind ${kind} is given; a destination is that of a loss, so give its mass in losses or leave the document out`
    issues.push({ code: 'custom', input: value, path: ['destinationDocumentIds', kind], message })
  }
}
