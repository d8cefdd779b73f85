import * as z from 'zod/mini'
import { DOCUMENT_KINDS } from '../../domain/events/documents.ts'
import { RUN_LOSS_KINDS, type LossKind } from '../../domain/material/material.ts'
import { sha256, text } from './fields.ts'
import { exactOptional, noted, optional } from './schema.ts'

/** Documents and records that belong to a run: found again by their numbers, known again by their hashes. */
export const MAX_DOCUMENTS = 20
const LONGEST_NUMBER = 60

const document = z.strictObject({
  kind: z.enum(DOCUMENT_KINDS),
  number: noted(text(LONGEST_NUMBER), 'Its number or name; never the name of a person'),
  sha256: exactOptional(sha256, 'Of the document as a file'),
  issuedOn: exactOptional(z.iso.date(), 'The day on which it was issued'),
})

type Named = Pick<z.output<typeof document>, 'kind' | 'number'>

/** A document is named once. */
function checkNames({ value, issues }: z.core.ParsePayload<readonly Named[]>): void {
  value.forEach(({ kind, number }, index) => {
    if (value.findIndex((other) => other.kind === kind && other.number === number) === index) return
    const message = `The document ${kind} ${number} is named twice; name each once`
    issues.push({ code: 'custom', input: value, path: [index], message })
  })
}

export const documents = optional(
  z
    .array(document)
    .check(
      z.maxLength(MAX_DOCUMENTS, `At most ${MAX_DOCUMENTS} documents can be named in one call`),
      checkNames,
    ),
  'Documents of this run, such as weighing slips and delivery notes',
)

export const lineCleaningRecordId = optional(
  text(LONGEST_NUMBER),
  'Record that the line was cleaned of the material before this run',
)

const destination = exactOptional(text(LONGEST_NUMBER))

/** Moisture goes into the air, so it has none. */
export const destinationDocumentIds = optional(
  z.strictObject({ reject: destination, 'wash-loss': destination, purge: destination, other: destination }),
  'By kind of loss, the document that says where it went; without one of its own, `wasteDocument` is that of rejects and other waste',
)

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
