import { collect } from './collected.ts'
import { isRequestLine } from './leaks.ts'

/**
 * In every process of the tests: what it writes is collected, since some tests run a runtime in their own process. The
 * lines of requests go no further, so that a report of tests can be read.
 */
type Done = (error?: Error | null) => void

function tee(name: 'stdout' | 'stderr'): void {
  const stream = process[name]
  const write = stream.write.bind(stream)
  stream.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    collect(`${process.pid}-${name}`, text)
    if (isRequestLine(text.trimEnd())) return true
    return typeof encoding === 'string' ? write(chunk, encoding, done) : write(chunk, encoding)
  }
}

tee('stdout')
tee('stderr')
