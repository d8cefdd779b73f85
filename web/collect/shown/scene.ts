import type { Organisation } from '../sending/answers.ts'
import type { Speech } from '../words/language.ts'
import type { Outbox } from '../sending/outbox.ts'

/** What the parts of the page that show entries need to know, and what their buttons do. */
export interface Scene {
  readonly speech: Speech
  readonly organisation: Organisation | undefined
  readonly outbox: Outbox
  readonly actions: Actions
}

export interface Actions {
  /** Takes an entry back that was not sent, into the form. */
  readonly undo: (id: string) => void
  /** Puts a refused entry into the form. */
  readonly correct: (id: string) => void
  readonly remove: (id: string) => void
  readonly retryPhotos: (id: string) => void
  readonly another: () => void
}
