/**
 * One JSON line per happening. Never a body, a header, a key or a name: only what is passed here, and callers pass
 * ids, routes, statuses and durations.
 */
const LEVELS = ['info', 'warn', 'error'] as const
export type Level = (typeof LEVELS)[number]

export function log(level: Level, message: string, fields: Readonly<Record<string, string | number>>): void {
  const lowest = LEVELS.findIndex((candidate) => candidate === process.env['LOG_LEVEL'])
  if (LEVELS.indexOf(level) < lowest) return
  process.stdout.write(`${JSON.stringify({ level, message, at: new Date().toISOString(), ...fields })}\n`)
}
