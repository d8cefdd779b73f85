/** A photo on this phone that the server does not have yet, or one of the two files that it is. */
export interface KeptPhoto {
  /** The entry that it belongs to: of a draft, the id that the entry will have. */
  readonly entryId: string
  readonly sha256: string
  readonly mediaType: string
  readonly bytes: number
  /** `thumbnail`: made here, scaled and free of EXIF; it goes first. `original`: the camera's own file, byte for byte. */
  readonly kind: 'thumbnail' | 'original'
  /** When it was taken, to keep them in order: milliseconds since 1970. */
  readonly shotAt: number
  readonly blob: Blob
  /** Why the server would not take it: then it is not sent again by itself. */
  readonly refused?: string
}
