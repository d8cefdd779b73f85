import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { bundleFunction } from '../../infra/bundle.ts'
import { printed, readCodes } from '../functions/printing/paper.ts'
import { startWorks, type Works } from '../functions/printing/works.ts'

/** The bundle of labels as Lambda has it: away from the sources, with nothing but what was put beside it. */
/** A busy machine takes its time for it. */
const BUNDLING_MS = 120_000

let folder: string
let works: Works
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidemark-labels-'))
  await bundleFunction('labels', folder)
  works = await startWorks()
}, BUNDLING_MS)
afterAll(async () => {
  await works?.end()
  await rm(folder, { recursive: true, force: true })
})

const bundle = z.object({ handler: z.function({ input: [z.unknown(), z.unknown()], output: z.unknown() }) })
const answer = z.object({ statusCode: z.literal(200), body: z.base64(), isBase64Encoded: z.literal(true) })

it('prints a label with Chinese on it', async () => {
  const { id } = await works.pickup()
  await works.runtime.projected()
  const { handler } = bundle.parse(await import(pathToFileURL(join(folder, 'index.mjs')).href))
  const path = `/v1/batches/${id}/label`
  const event = {
    version: '2.0',
    routeKey: 'GET /v1/batches/{id}/label',
    rawPath: path,
    headers: {},
    pathParameters: { id },
    requestContext: { http: { method: 'GET', path, sourceIp: '' } },
  }
  const { body } = answer.parse(await handler(event, { awsRequestId: 'one' }))
  const [page] = await printed(Buffer.from(body, 'base64'))
  expect(page && (await readCodes(page))).toEqual([`${works.runtime.url}/b/${id}`])
  expect(page?.text).toContain('收集批次')
})
