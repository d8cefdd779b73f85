import type { Language } from '../../shared/domain/organisation.ts'
import type { FaultCode } from '../../shared/verification/fault.ts'
import { en } from './words.en.ts'
import { zh } from './words.zh.ts'

/** All that the command line says. Figures come formatted. */
export interface Words {
  readonly language: Language
  readonly hashing: (done: number) => string
  readonly replaying: (done: number, total: number) => string
  readonly holds: (batch: string) => string
  readonly fails: (batch: string) => string
  readonly log: (found: { entry: string; size: string; origin: string; keys: string }) => string
  readonly links: (found: { events: string; batches: string; runs: string; pickups: string }) => string
  readonly rules: string
  readonly mass: (found: { mass: string; state: string }) => string
  readonly added: Readonly<Record<'virgin' | 'other', string>>
  readonly otherPlace: (id: string) => string
  readonly states: Readonly<Record<'active' | 'used-up' | 'in-transit' | 'void', string>>
  readonly lastEvent: (at: string) => string
  readonly sampled: (found: { share: string; seed: string; leftOut: string }) => string
  readonly devices: (found: { said: string; verified: string }) => string
  readonly devicesSealed: (said: string) => string
  readonly witness: (name: string, at: string) => string
  readonly noWitness: (name: string) => string
  readonly pageAgrees: string
  readonly pageDiffers: (members: string) => string
  readonly pageNewer: string
  readonly keys: Readonly<Record<'given' | 'kept' | 'asked', string>>
  readonly unknownKeys: (keys: string) => string
  readonly grew: (older: string, newer: string) => string
  readonly same: (size: string) => string
  readonly first: (size: string, file: string) => string
  readonly notCompared: (older: string, newer: string) => string
  readonly broken: Readonly<
    Record<'rolled-back' | 'forked' | 'unproven' | 'other-log' | 'unreadable', string>
  >
  readonly unproven: readonly string[]
  /** Of `npm run witness`. */
  readonly cosigned: (name: string, size: string) => string
  readonly noFile: (file: string) => string
  readonly faults: Readonly<Record<FaultCode, string>>
  readonly where: Readonly<Record<'line' | 'event' | 'subject' | 'hash' | 'stated' | 'due' | 'why', string>>
}

const WORDS: Readonly<Record<Language, Words>> = { en, zh }

/** By LC_ALL, LC_MESSAGES and LANG, the first that says something, as programs of a terminal do. */
export function wordsFor(environment: Readonly<Record<string, string | undefined>>): Words {
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  const set = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  return WORDS[set?.toLowerCase().startsWith('zh') ? 'zh' : 'en']
}
