import type { ServerResponse } from 'node:http'

/** A stream of server-sent events (HTML standard section 9.2) to one client. */
export interface EventStream {
  /** Aborted when the client is gone or the server ends. */
  readonly signal: AbortSignal
  /** Sends one event. `data` is written as JSON. */
  send(event: string, data: unknown): void
}

/** All streams that are open, so that the server can end them. */
export interface Streams {
  /**
   * Answers with a stream and keeps it open until either side ends it. `stillWelcome` is asked with
   * every heartbeat; when it throws, the stream ends.
   */
  open(
    response: ServerResponse,
    feed: (stream: EventStream) => Promise<void>,
    stillWelcome: () => Promise<unknown>,
  ): Promise<void>
  /** Ends all of them and refuses new ones. */
  close(): void
}

const HEARTBEAT_MS = 15_000
/** A client that reads this much slower than we send is cut off; it comes back and starts anew. */
const MAX_UNSENT = 256 * 1024

export function createStreams(): Streams {
  const closing = new AbortController()

  return {
    async open(response, feed, stillWelcome) {
      const gone = new AbortController()
      const signal = AbortSignal.any([gone.signal, closing.signal])
      response.once('close', () => gone.abort())
      // Gone before we listened: then nothing tells.
      if (response.destroyed) gone.abort()
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
      const write = (text: string): void => {
        if (!signal.aborted) response.write(text)
        if (response.writableLength > MAX_UNSENT) response.destroy()
      }
      write(': pawpost\n\n')
      const heartbeat = setInterval(() => {
        stillWelcome().then(
          () => write(': here\n\n'),
          () => gone.abort(),
        )
      }, HEARTBEAT_MS)
      try {
        await feed({ signal, send: (event, data) => write(format(event, data)) })
      } finally {
        clearInterval(heartbeat)
        response.end()
      }
    },
    close: () => closing.abort(),
  }
}

function format(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Resolves when a signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
