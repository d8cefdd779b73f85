import { LOG_FINDING } from '../shared/contract/findings.ts'
import { storedEvidence } from './adapters/log-audit.ts'
import { log } from './http/log.ts'
import { monitorLog, type Report } from './log/monitoring.ts'

/** Findings that are logged one by one; where there are more, the first say enough. */
const MOST_TOLD = 50

/**
 * Compares the log with the events, by the clock. What it finds is an error line each, which a metric counts; see
 * log/monitoring.ts for what it finds. It repairs nothing: `npm run monitor -- --append` does, where that is right.
 */
export async function handler(): Promise<void> {
  tell(await monitorLog(await storedEvidence()))
}

export function tell({ size, events, findings }: Report): void {
  for (const { code, what } of findings.slice(0, MOST_TOLD)) log('error', LOG_FINDING, { code, what })
  log('info', 'the log was compared', { size: String(size), events, findings: findings.length })
}
