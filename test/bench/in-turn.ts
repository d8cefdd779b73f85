import type { Contender } from './measure.ts'

/** Goes on through the subjects from round to round, and begins again at their end. */
export function inTurn<Subject>(
  name: string,
  subjects: readonly Subject[],
  work: (subject: Subject) => Promise<void>,
): Contender {
  let next = 0
  return {
    name,
    prepare: (count) =>
      Array.from({ length: count }, () => subjects[next++ % subjects.length]).flatMap((subject) =>
        subject === undefined ? [] : [() => work(subject)],
      ),
  }
}
