import { describe, expect, it } from 'vitest'
import { tracePage } from '../../../shared/contract/answers/batches.ts'
import { massBalanceView } from '../../../shared/contract/answers/reports.ts'
import { runView } from '../../../shared/contract/answers/runs.ts'
import { batchOf, jsonOf } from '../../client.ts'
import { parseCsv } from '../../csv.ts'
import {
  anOpenRun,
  aProduct,
  aRun,
  givenId,
  givenPellets,
  givenPickup,
  givenRunOf,
  newKey,
} from '../../given.ts'
import { runtimeForTests } from '../../runtime.ts'
import { expectProblem, refused } from '../refused.ts'

/** Documents, line cleaning and destinations: what a plant has on file beside its figures. */
const runtime = runtimeForTests()
const get = (path: string, headers: Record<string, string> = {}) =>
  runtime.get(path, { key: runtime.keys.auditor, headers })

const run = (path: string, body: object) => givenRunOf(runtime, path, body)
const post = (path: string, body: object) => runtime.post(path, runtime.keys.recycler, { ...body })
const SLIP = { kind: 'weighing', number: 'W-31' }
const NOTE = { kind: 'delivery', number: '送货单 7', sha256: 'a'.repeat(64), issuedOn: '2026-08-19' }
const CLOSING = {
  occurredAt: '2026-08-12T00:00:00.000Z',
  outputs: [{ massKg: 80 }],
  losses: { reject: 12, other: 3, 'wash-loss': 5 },
  wasteDocument: 'WB-1',
  destinationDocumentIds: { reject: 'WB-2', 'wash-loss': 'SLUDGE-9' },
  lineCleaningRecordId: 'LC-204',
  documents: [NOTE],
}
const RESOLVED = { reject: 'WB-2', other: 'WB-1', 'wash-loss': 'SLUDGE-9' }

async function closedRun() {
  const { id: batchId } = await givenPickup(runtime)
  const id = await givenId(runtime, '/v1/runs', runtime.keys.recycler, anOpenRun())
  const occurredAt = '2026-08-11T00:00:00.000Z'
  await run(`/v1/runs/${id}/charges`, { occurredAt, charges: [{ batchId, massKg: 100 }], documents: [SLIP] })
  return { id, batchId, closed: await run(`/v1/runs/${id}/close`, CLOSING) }
}

describe('what is on record of a run', () => {
  it('is answered when it is closed, read later, and gone once the closing is taken back', async () => {
    const { id, closed } = await closedRun()
    const said = { documents: [NOTE], lineCleaningRecordId: 'LC-204', destinationDocumentIds: RESOLVED }
    expect(closed).toMatchObject(said)
    expect(closed.checks).toContainEqual(
      expect.objectContaining({
        rule: 'R10',
        sentence: expect.objectContaining({ en: expect.stringContaining('All waste has') }),
      }),
    )
    const read = async () => runView.parse(jsonOf(await get(`/v1/runs/${id}`)))
    expect(await read()).toMatchObject(said)
    const reopened = await post(`/v1/runs/${id}/reopen`, { reason: 'weighed anew' })
    expect(reopened.status).toBe(201)
    for (const field of Object.keys(said)) expect(await read()).not.toHaveProperty(field)
  })

  it('stands in the events as it was said', async () => {
    const { closed } = await closedRun()
    const [output] = closed.outputs
    const { text } = await get(`/v1/batches/${output?.id ?? ''}/events`)
    for (const words of ['"lineCleaningRecordId":"LC-204"', '"issuedOn":"2026-08-19"', '"SLUDGE-9"'])
      expect(text).toContain(words)
  })

  it('is shown in the trace with the documents of its charges, and of no pickup', async () => {
    const { id, batchId, closed } = await closedRun()
    const path = `/v1/batches/${closed.outputs[0]?.id ?? ''}/trace`
    const { nodes } = tracePage.parse(jsonOf(await get(path)))
    expect(nodes.map((node) => [node.id, node.madeBy])).toEqual([
      [
        closed.outputs[0]?.id,
        {
          runId: id,
          step: 'cleaning',
          documents: [SLIP, NOTE],
          lineCleaningRecordId: 'LC-204',
          destinationDocumentIds: RESOLVED,
        },
      ],
      [batchId, undefined],
    ])
  })

  it('is in the mass balance of its site, as JSON and as CSV', async () => {
    const { id } = await closedRun()
    const query = 'site=huzhou&from=2026-08-01T00:00:00.000Z&to=2026-09-01T00:00:00.000Z'
    const read = async (accept: string) => get(`/v1/reports/mass-balance?${query}`, { accept })
    const { report } = massBalanceView.parse(jsonOf(await read('application/json')))
    expect(report.records?.listed.filter(({ runId }) => runId === id)).toMatchObject([
      { event: `${id}-2`, documents: [SLIP] },
      { event: `${id}-3`, documents: [NOTE], lineCleaningRecordId: 'LC-204' },
    ])
    const rows = parseCsv((await read('text/csv')).text)
    const wasted = rows.filter(([section]) => section === 'Destination of waste')
    expect(wasted.map(([, , , , , kg, , record]) => [kg, record])).toEqual(
      report.waste?.map(({ massKg, destinationDocumentId }) => [String(massKg), destinationDocumentId]),
    )
    expect(report.waste?.map(({ kind }) => kind)).toEqual(['reject', 'wash-loss', 'other'])
    const cells = rows.map(([section, line, , , , , time, record, note]) => [
      section,
      line,
      time,
      record,
      note,
    ])
    expect(cells).toContainEqual([
      'Documents and line cleaning',
      'Delivery note',
      '2026-08-19',
      '送货单 7',
      `${id}-3: SHA-256 ${'a'.repeat(64)}`,
    ])
    expect(cells).toContainEqual([
      'Documents and line cleaning',
      'Line cleaning record',
      CLOSING.occurredAt,
      'LC-204',
      `${id}-3`,
    ])
  })

  it('can be said of a run in one call and of a product lot too', async () => {
    const { id } = await givenPickup(runtime)
    const records = { lineCleaningRecordId: 'LC-1', documents: [SLIP] }
    expect(await run('/v1/runs', aRun(id, records))).toMatchObject(records)
    const pellets = await givenPellets(runtime, 10)
    const lot = batchOf(await runtime.post('/v1/products', runtime.keys.brand, aProduct(pellets.id, records)))
    const { nodes } = tracePage.parse(jsonOf(await get(`/v1/batches/${lot.id}/trace`)))
    expect(nodes.slice(0, 2).map(({ madeBy }) => madeBy)).toEqual([
      { runId: lot.runId, step: 'manufacturing', ...records },
      undefined,
    ])
  })
})

describe('records that cannot be right', () => {
  const document = { kind: 'weighing', number: 'W-1' }
  it.each([
    [
      '21 documents',
      { documents: Array.from({ length: 21 }, (_, index) => ({ ...document, number: `W-${index}` })) },
      '/documents',
      ['At most 20 documents', 'a list of 21'],
    ],
    [
      'a document named twice',
      { documents: [document, document] },
      '/documents/1',
      ['weighing W-1 is named twice'],
    ],
    [
      'a kind that there is none of',
      { documents: [{ ...document, kind: 'letter' }] },
      '/documents/0/kind',
      ['weighing'],
    ],
    [
      'a hash in capitals',
      { documents: [{ ...document, sha256: 'A'.repeat(64) }] },
      '/documents/0/sha256',
      ['64 lower-case'],
    ],
    [
      'a day that there is none of',
      { documents: [{ ...document, issuedOn: '2026-02-30' }] },
      '/documents/0/issuedOn',
      [],
    ],
    [
      'a person beside a document',
      { documents: [{ ...document, issuedBy: 'Li' }] },
      '/documents/0/issuedBy',
      [],
    ],
    [
      'a destination of nothing',
      { destinationDocumentIds: { purge: 'WB-1' } },
      '/destinationDocumentIds/purge',
      ['No loss of the kind purge'],
    ],
    [
      'a destination of moisture',
      { destinationDocumentIds: { moisture: 'AIR' } },
      '/destinationDocumentIds/moisture',
      [],
    ],
    ['a record without a number', { lineCleaningRecordId: ' ' }, '/lineCleaningRecordId', []],
  ])('are refused: %s', async (_what, changes, pointer, says) => {
    const { id } = await givenPickup(runtime)
    const expected = { status: 400, code: 'invalid-request', pointer, says }
    await refused(runtime, async () => post('/v1/runs', aRun(id, changes)), expected)
  })

  it('belong to a closing, and are refused of a run that is only opened', async () => {
    const records = { documents: [document], lineCleaningRecordId: 'LC-1' }
    const { errors } = expectProblem(
      await runtime.post('/v1/runs', runtime.keys.recycler, anOpenRun(records), { idempotencyKey: newKey() }),
      { status: 400, code: 'invalid-request' },
    )
    expect(errors?.map(({ pointer }) => pointer).sort()).toEqual(['/documents', '/lineCleaningRecordId'])
  })
})
