import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

/** An independent decoder (ZXing, not the encoder's code) with its WebAssembly from node_modules. */
let ready: Promise<unknown> | undefined

async function prepare(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasmBinary = new Uint8Array(await readFile(path)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/** The texts of all QR codes in a PNG or JPEG. */
export async function decodeCodes(image: Uint8Array<ArrayBuffer>): Promise<string[]> {
  ready ??= prepare()
  await ready
  const found = await readBarcodes(image, { formats: ['QRCode'], tryHarder: true })
  return found.map((code) => code.text)
}
