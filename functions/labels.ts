import { createHash } from 'node:crypto'
import { LABEL_ROUTES } from '../shared/contract/routes/labels.ts'
import { codeUri } from '../shared/domain/printing/code-uri.ts'
import { labelOf } from '../shared/domain/printing/label.ts'
import {
  LEAST_MODULE_MM,
  mostCodeMm,
  QUIET_MODULES,
  SHEET,
  type SheetName,
} from '../shared/domain/printing/sheets.ts'
import type { Matrix } from '../shared/domain/printing/qr-outline.ts'
import { refuse, type Refused } from '../shared/domain/refusal.ts'
import { isFresh } from './http/caching.ts'
import { serve, type HttpAnswer } from './http/http.ts'
import { RELEASE } from './http/release.ts'
import { findPrintable } from './printing/finding.ts'
import { matrixOf } from './printing/qr.ts'
import { publicUrl } from './views/links.ts'

/**
 * Labels to print: for bags as they come ashore, for lots of material, and for products. Open to anyone, as the page is,
 * of whose passport alone they are made.
 */
export const handler = serve(LABEL_ROUTES, {
  label: async ({ path, query, header }) => {
    const found = await findPrintable(path['id'])
    if (!found.ok) return found
    const passport = found.value
    const { lang, level, copies } = query
    const sheet = SHEET[query.sheet]
    const matrix = matrixOf(codeUri(publicUrl(), passport), level)
    const codeMm = query.codeMm ?? sheet.code
    const refused = refuseSize(codeMm, query.sheet, matrix)
    if (refused) return refused
    const etag = `"${passport.revision}-${passport.head.slice(0, 12)}-${RELEASE}-${digestOf(query)}"`
    // Asked for anew each time: a label that does not say that its batch is held must not be printed a moment later.
    const caching = { etag, 'cache-control': 'public, no-cache' }
    if (isFresh(header('if-none-match'), etag)) return { answer: { statusCode: 304, headers: caching } }
    const { labelPdf } = await printing()
    const job = { label: labelOf(passport), matrix, sheet, codeMm, copies, language: lang }
    const pdf = await labelPdf({ ...job, asOf: passport.updatedAt })
    return { answer: pdfAnswer(pdf, `label-${passport.id}-${query.sheet}.pdf`, caching) }
  },
})

function pdfAnswer(pdf: Buffer, name: string, caching: Readonly<Record<string, string>>): HttpAnswer {
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}"`,
    'content-security-policy': SHOWN_BY,
    ...caching,
  }
  return { statusCode: 200, headers, body: pdf.toString('base64'), isBase64Encoded: true }
}

/** Browsers show a PDF as an object in a page that they make around it, under the policy of the PDF. */
const SHOWN_BY = "default-src 'none'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** The PDF library is the most of this function, and whoever has the label already does not wait for it. */
const printing = async () => import('./printing/label-pdf.ts')

const digestOf = (query: object): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12)

function refuseSize(codeMm: number, name: SheetName, { size }: Matrix): Refused | undefined {
  const modules = size + 2 * QUIET_MODULES
  const least = Math.ceil(modules * LEAST_MODULE_MM)
  const most = mostCodeMm(SHEET[name])
  if (codeMm >= least && codeMm <= most) return undefined
  const detail = `This code has ${modules} modules on a side, its quiet zone included, so codeMm is from ${least} to ${most} on ${name}; given: ${codeMm}.`
  return refuse('invalid-request', detail, '/codeMm')
}
