import type { Words } from './words.ts'

export const WORDS: Words = {
  again: 'Verify again',
  fetching: (events) => `Fetching the records: ${events} so far …`,
  checking: (done, total) => `Working out the story again: ${done} of ${total} records …`,
  growing: 'Comparing the log with the one that this browser saw before …',
  noCrypto:
    'This page did not come over HTTPS, and browsers then keep back the cryptography that the check needs. Nothing was checked.',
  unreachable: 'What the check needs could not be fetched. Nothing was checked; please try again.',
  notYet: 'The last record is being taken into the log. Please try again in a few seconds.',
  otherState: 'The records are of another state of this batch than this page. Reload it, then verify again.',
  holds: 'The story holds.',
  fails: 'This story cannot be confirmed.',
  heading: {
    proven: 'What your browser has proven',
    shares: 'Shares, worked out again from the pickups',
    open: 'What no computer can prove',
  },
  proven: ({ events, pickups, runs, from, to, at, place, size }) => [
    `All ${events} records, of ${pickups} pickups and ${runs} processing runs from ${from} to ${to}, stand as they were entered: each names the fingerprints of those before it, and none is missing.`,
    'The masses add up to the gram: nothing gave more than it had, and what went into each run came out, was lost, or is said to be unaccounted for.',
    `The last record, of ${at}, is number ${place} of ${size} in the public log, which is signed by the key that is written into this program.`,
  ],
  first: 'This browser now remembers the log. The next check will prove that nothing in it was changed.',
  grew: (since, old) =>
    `Since this browser looked on ${since}, the log has only grown: the ${old} entries of then are all there, unchanged.`,
  same: (since) => `The log is the very one that this browser saw on ${since}.`,
  witness: (name, at) => `The independent witness ${name} saw this same log at ${at}.`,
  noWitness:
    'That others are shown the same log: no independent witness has signed it. Compare the figures below with somebody else’s.',
  open: [
    'That the scales were right, and that what was weighed is what was said.',
    'That places and photos are true, and that it was found where that is said.',
    'That all that happened was recorded, and that the thing in your hand belongs to this batch.',
    'That this program, which came from this site, is honest: “npm run verify” does the same without us.',
  ],
  table: { of: 'Origin', records: 'Records, kg', page: 'This page, kg' },
  notOnPage: '–',
  trouble: {
    damaged: 'The records came incomplete or damaged.',
    key: 'The signature under the log is not that of the key that this program knows.',
    'not-logged': 'The signed log does not contain the last record.',
    missing: 'A record is missing that others rest on.',
    changed: 'A record was changed after it was entered.',
    order: 'The records contradict each other in what came after what.',
    mass: 'The masses do not add up.',
    figures: 'Shares or other figures do not follow from the records before.',
    rule: 'A record does not fit those before it.',
    signature: 'What a collector’s phone signed does not fit its record.',
    'rolled-back': 'The log is shorter than when this browser last saw it: entries were taken away.',
    forked: 'The log has signed two different histories.',
    unproven: 'The log is not the one that this browser saw before: what was in it has changed.',
    'other-log': 'This is another log than the one that this browser saw before.',
    page: 'This page says something else than the records.',
  },
  record: 'Record ',
  key: 'Technically: ',
}
