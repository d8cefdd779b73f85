import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Product } from './lineage.ts'
import { decimal, section, type Row, type Section } from './report.ts'
import { readPage } from './scan.ts'
import type { World } from './world.ts'

interface Values {
  readonly htmlBytes: number
  readonly gzipBytes: number
  readonly brotliBytes: number
}

const MOST_BYTES = 20 * 1024
/** What content networks use on the fly, between fastest and smallest. */
const BROTLI_QUALITY = 5

/** The weight of the whole page: it loads nothing else. */
export async function benchPage(world: World, products: readonly Product[]): Promise<Section> {
  const rows: Row<Values>[] = []
  for (const product of products) {
    for (const lang of ['en', 'zh']) {
      const values = weightOf(await readPage(world, product.id, lang))
      const label = `product of ${decimal(product.pickups)} pickups, ${lang}`
      rows.push({ label, values, target: { text: '≤ 20 KB gzip', met: values.gzipBytes <= MOST_BYTES } })
    }
  }
  return section({
    title: 'page weight',
    columns: [
      { heading: 'bytes', cell: ({ htmlBytes }: Values) => decimal(htmlBytes) },
      { heading: 'gzip', cell: ({ gzipBytes }: Values) => decimal(gzipBytes) },
      { heading: 'brotli', cell: ({ brotliBytes }: Values) => decimal(brotliBytes) },
    ],
    rows,
  })
}

function weightOf(html: string): Values {
  const brotli = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
  return {
    htmlBytes: Buffer.byteLength(html),
    gzipBytes: gzipSync(html).length,
    brotliBytes: brotli.length,
  }
}
