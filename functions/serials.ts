import { SERIAL_ROUTES } from '../shared/contract/routes/serials.ts'
import { readBatchId } from '../shared/domain/ids.ts'
import { lotKeyOf } from '../shared/domain/gs1/lot.ts'
import { accept, refuse, type Decision } from '../shared/domain/refusal.ts'
import type { Batch } from '../shared/domain/state/batch.ts'
import { loadOne } from './adapters/ledger.ts'
import { notFound } from './http/answers.ts'
import { COUNT, readCursor, writeCursor } from './http/cursor.ts'
import { serve } from './http/http.ts'
import { csvPage, type SerialLot } from './printing/serial-pages.ts'
import { publicUrl } from './views/links.ts'

/**
 * Codes of single pieces in bulk, for who has or had the lot. What they say is in its state alone; nothing is stored, and
 * a page that was lost can be asked for again. A lot that is held gets its codes too: they lead to a page that says so.
 */
export const handler = serve(SERIAL_ROUTES, {
  listSerialCodes: async ({ path, query, rawQuery, caller }) => {
    const id = readBatchId(path['id'] ?? '')
    const subject = id === undefined ? undefined : (await loadOne(id))?.subject
    if (subject?.kind !== 'batch' || !subject.custodians.includes(caller.org))
      return notFound(`batch ${path['id'] ?? ''}`)
    const lot = lotOf(subject)
    if (!lot.ok) return lot
    const { format, limit } = query
    const list = `codes ${subject.id}`
    const after = readCursor(query.cursor, list, COUNT)
    if (!after.ok) return after
    const from = Number(after.value ?? 0) + 1
    const { bytes, last } =
      format === 'zip'
        ? (await archiving()).zipPage(lot.value, from, { limit, drawing: query })
        : csvPage(lot.value, from, { limit, drawing: query.svg === 'yes' ? query : undefined })
    const next = last < lot.value.units ? writeCursor(list, String(last)) : undefined
    return {
      answer: {
        statusCode: 200,
        headers: {
          'content-type': TYPES[format],
          'content-disposition': `attachment; filename="codes-${subject.id}-${from}-${last}.${format}"`,
          'cache-control': 'no-store',
          ...(next !== undefined && { link: nextLink(subject.id, rawQuery, next) }),
        },
        ...(format === 'zip'
          ? { body: bytes.toString('base64'), isBase64Encoded: true }
          : { body: bytes.toString('utf8') }),
      },
    }
  },
})

/** Most ask for tables, and start without what makes archives. */
const archiving = async () => import('./printing/serial-archive.ts')

const TYPES = { csv: 'text/csv; charset=utf-8; header=present', zip: 'application/zip' } as const

function lotOf({ id, status, product }: Batch): Decision<SerialLot> {
  if (status === 'void')
    return refuse(
      'batch-not-active',
      `Batch ${id} was declared a mistake by a correction: nothing carries its code.`,
    )
  const key = lotKeyOf(product)
  if (product && key) return accept({ ...key, batch: id, units: product.units, origin: publicUrl() })
  const detail = product
    ? `Product lot ${id} has no GTIN, which codes of single pieces need. As long as its maker has it, a correction of its facts can give it one.`
    : `Batch ${id} is no product lot; only the pieces of one have codes of their own.`
  return refuse('no-gtin', detail)
}

/** Where the list goes on (RFC 8288), with all else as it was asked for. */
function nextLink(id: string, asked: Readonly<Record<string, string | undefined>>, cursor: string): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...asked, cursor }))
    if (value !== undefined) query.set(name, value)
  return `</v1/batches/${id}/codes?${query.toString()}>; rel="next"`
}
