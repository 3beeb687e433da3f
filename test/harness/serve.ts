import { serve } from '../../src/ops/serve.ts'

// What `pawpost serve` does, without the launcher in between: a signal reaches the server itself.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
await serve(process.argv.slice(2), stop.signal)
