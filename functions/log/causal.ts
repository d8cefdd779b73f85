import type { Entry } from './store.ts'

/**
 * The order of the log is causal: an event comes after all that it names as its predecessors, so that whoever replays the
 * log from its beginning knows all that an event rests on.
 */

/** Entries that nobody appended yet, and of their predecessors those that are not among them. */
export function outsideOf(entries: readonly Entry[]): string[] {
  const here = new Set(entries.map(({ hash }) => hash))
  return [...new Set(entries.flatMap(({ previous }) => previous.filter((hash) => !here.has(hash))))]
}

/**
 * As many entries as may be appended next, at most `most`, each after its predecessors, of which those in `logged` are in
 * the log. Entries keep the order in which they were given as far as that allows. What rests on anything else waits.
 */
export function readyOf(entries: readonly Entry[], logged: ReadonlySet<string>, most: number): Entry[] {
  const here = new Map(entries.map((entry) => [entry.hash, entry]))
  const verdicts = new Map<string, boolean>()
  const ready: Entry[] = []
  for (const entry of entries) visit(entry)
  return ready.slice(0, most)

  /** Depth first without recursion, for a chain may be as long as a call has records. */
  function visit(first: Entry): void {
    const path = [first]
    for (let entry = path.at(-1); entry; entry = path.at(-1)) {
      const waitsFor = verdicts.has(entry.hash) ? undefined : unsettled(entry, path)
      if (waitsFor) {
        path.push(waitsFor)
        continue
      }
      path.pop()
      if (verdicts.has(entry.hash)) continue
      const isReady = entry.previous.every((hash) => logged.has(hash) || verdicts.get(hash) === true)
      verdicts.set(entry.hash, isReady)
      if (isReady) ready.push(entry)
    }
  }

  function unsettled({ previous }: Entry, path: readonly Entry[]): Entry | undefined {
    for (const hash of previous) {
      const before = logged.has(hash) || verdicts.has(hash) ? undefined : here.get(hash)
      // A hash cannot be in what it is the hash of; should entries name each other all the same, they wait for ever.
      if (before && !path.includes(before)) return before
    }
    return undefined
  }
}
