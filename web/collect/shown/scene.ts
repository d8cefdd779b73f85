import type { Organisation } from '../sending/answers.ts'
import type { Speech } from '../words/language.ts'
import type { Outbox } from '../sending/outbox.ts'

/** What the parts of the page that show entries need to know, and what their buttons do. */
export interface Scene {
  readonly speech: Speech
  readonly organisation: Organisation | undefined
  readonly outbox: Outbox
  readonly actions: Actions
  /** The id that what is in the form will have. */
  readonly inForm: string
}

export interface Actions {
  /** Takes an entry back that was not sent, into the form. */
  readonly undo: (id: string) => void
  /** Puts an entry into the form that was refused or removed. */
  readonly correct: (id: string) => void
  readonly remove: (id: string) => void
  readonly retryPhotos: (id: string) => void
  /** Shows an entry with the code for its bag. */
  readonly open: (id: string) => void
  readonly list: () => void
  readonly another: () => void
}
