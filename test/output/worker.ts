import { collect } from './collected.ts'

/**
 * In every process of the tests: what it writes is collected, since some tests run a runtime in their own process. The
 * lines of requests go no further, so that a report of tests can be read.
 */
type Done = (error?: Error | null) => void

/** Looks are enough here, and the table of routes takes longer to load than most files of tests; leaks.ts judges. */
const looksLikeRequest = (text: string): boolean =>
  /^\{"level":"info","message":"request",.*\}\n?$/.test(text)

function tee(name: 'stdout' | 'stderr'): void {
  const stream = process[name]
  // A process that goes on to its next file comes here again.
  if (stream.write.name === collecting.name) return
  const write = stream.write.bind(stream)
  function collecting(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    collect(`${process.pid}-${name}`, text)
    if (looksLikeRequest(text)) return true
    return typeof encoding === 'string' ? write(chunk, encoding, done) : write(chunk, encoding)
  }
  stream.write = collecting
}

tee('stdout')
tee('stderr')
