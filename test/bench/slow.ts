/** Slow 4G as browsers' tools simulate it, on a phone with a quarter of this machine's speed. */
export const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }
export const SLOWER = 4
