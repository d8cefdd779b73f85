/** Whether a resend will likely not meet the error again: the database was busy, or could not be reached. */
export function isPassingError(error: Error): boolean {
  return PASSING_ERRORS.has(error.name) || ('code' in error && CONNECTION_ERRORS.has(String(error.code)))
}

const PASSING_ERRORS = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionInProgressException',
  'TimeoutError',
])

/** Codes of Node's sockets. */
const CONNECTION_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
