import { isNoFix } from '../../../shared/domain/geo/geodesy.ts'
import type { Position } from './entry.ts'

/** Where the phone is, as far as it says. WGS 84, as the browser's geolocation is specified. */
export type Fix =
  | { readonly is: 'off' }
  | { readonly is: 'idle' }
  | { readonly is: 'asking' }
  | { readonly is: 'found'; readonly position: Position; readonly accuracyM: number }
  | { readonly is: 'none'; readonly why: 'denied' | 'unavailable' }

const PATIENCE_MS = 20_000
const FRESH_MS = 60_000
const MAX_ACCURACY_M = 100_000

export interface Locator {
  readonly fix: () => Fix
  /** Asks the phone, unless switched off, already asking or already found. */
  readonly look: () => void
  /** Asks again whatever was found before. */
  readonly lookAgain: () => void
  readonly turn: (on: boolean) => void
  /** Forgets where the last entry was made. */
  readonly reset: () => void
  /** Resolves when asking has ended, or after `ms`. */
  readonly settled: (ms: number) => Promise<void>
}

export function openLocator(isOn: boolean, changed: () => void): Locator {
  let fix: Fix = isOn ? { is: 'idle' } : { is: 'off' }
  let asked = 0
  let waiting: (() => void)[] = []

  const become = (next: Fix): void => {
    fix = next
    if (next.is !== 'asking') {
      for (const resume of waiting) resume()
      waiting = []
    }
    changed()
  }
  const ask = async (): Promise<void> => {
    const mine = ++asked
    become({ is: 'asking' })
    const found = await locate()
    // Switched off or asked again in the meantime: this answer no longer counts.
    if (mine === asked) become(found)
  }
  return {
    fix: () => fix,
    look: () => {
      if (fix.is === 'idle') void ask()
    },
    lookAgain: () => void ask(),
    turn: (on) => {
      asked++
      if (on) void ask()
      else become({ is: 'off' })
    },
    reset: () => {
      asked++
      become(fix.is === 'off' ? fix : { is: 'idle' })
    },
    settled: async (ms) => {
      if (fix.is !== 'asking') return
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        setTimeout(resolve, ms)
      })
    },
  }
}

async function locate(): Promise<Fix> {
  // Old WebViews and plain-http pages have none, whatever the types say.
  if (!('geolocation' in navigator)) return { is: 'none', why: 'unavailable' }
  return await new Promise<Fix>((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve(fixOf(coords)),
      (error) =>
        resolve({ is: 'none', why: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' }),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: FRESH_MS },
    )
  })
}

/** Six decimals are a hand's breadth: more would only look exact. */
function fixOf({ latitude, longitude, accuracy }: GeolocationCoordinates): Fix {
  const accuracyM = Math.min(MAX_ACCURACY_M, Math.ceil(accuracy))
  const position: Position = {
    lat: Number(latitude.toFixed(6)),
    lon: Number(longitude.toFixed(6)),
    accuracyM,
  }
  return isNoFix(position) ? { is: 'none', why: 'unavailable' } : { is: 'found', position, accuracyM }
}
