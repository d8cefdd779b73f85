import { expect } from 'vitest'
import { BUNDLE_TYPE, parseLine, type BundleLine } from '../shared/verification/bundle.ts'
import { logKeyList } from '../shared/contract/answers/service.ts'
import type { Trust } from '../shared/ledger/checkpoint.ts'
import { parseVerifierKey } from '../shared/ledger/verifier-key.ts'
import { jsonOf, type Client, type RequestOptions } from './client.ts'

/** Proofs as a stranger downloads them: all pages, line by line. */
export interface Downloaded {
  readonly lines: readonly BundleLine[]
  readonly texts: readonly string[]
  readonly pages: number
}

export async function download(
  client: Client,
  path: string,
  query: Readonly<Record<string, string>> = {},
  options: RequestOptions = {},
): Promise<Downloaded> {
  const texts: string[] = []
  const lines: BundleLine[] = []
  let pages = 0
  for (let asked: Readonly<Record<string, string>> | undefined = query; asked; pages++) {
    const answer = await client.get(`${path}?${new URLSearchParams(asked).toString()}`, options)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(`${BUNDLE_TYPE}; charset=utf-8`)
    expect(answer.text.endsWith('\n')).toBe(true)
    const page = answer.text.trimEnd().split('\n')
    texts.push(...page)
    lines.push(...page.map(lineOf))
    const last = lines.at(-1)
    asked = last?.kind === 'next' ? { cursor: last.cursor } : undefined
  }
  return { lines, texts, pages }
}

function lineOf(text: string): BundleLine {
  const line = parseLine(text)
  if (!line.ok) throw new Error(line.why)
  return line.value
}

/** The log's own word for its keys: no trust anchor, but these tests started it. */
export async function trustIn(client: Client): Promise<Trust> {
  const { items } = logKeyList.parse(jsonOf(await client.get('/log/keys')))
  const keys = await Promise.all(items.map(({ key }) => parseVerifierKey(key)))
  const known = keys.flatMap((key) => (key.ok ? [key.value] : []))
  return { origin: known[0]?.name ?? '', keys: known }
}
