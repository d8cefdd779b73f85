/** A file of which parts are read, and the little that is read of parts everywhere. */
export interface Source {
  readonly size: number
  /** The bytes from `start` up to `end` or the end of the file. May reject; who reads does not catch that. */
  readonly read: (start: number, end: number) => Promise<Uint8Array>
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** One character a byte; shorter where the bytes end. */
export const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))
