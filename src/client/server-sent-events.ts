import { PawpostError } from '../protocol/errors.ts'

/** One event of a stream (WHATWG HTML, "Server-sent events"). */
export type ServerSentEvent = { readonly event: string; readonly data: string }

/** A line ends with CR LF, LF or CR; an empty line ends an event. */
const LINE_END = /\r\n|\n|\r/
const BLOCK_END = /(?:\r\n|\n|\r(?!\n)){2}/

/**
 * Takes a byte stream apart into events; comments and unknown fields are passed over. Throws
 * `offline` when the stream breaks.
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new PawpostError('offline', undefined, { cause })
      })
      if (done) return
      rest += decoder.decode(value, { stream: true })
      const blocks = rest.split(BLOCK_END)
      rest = blocks.pop() ?? ''
      yield* blocks.flatMap(parseBlock)
    }
  } finally {
    reader.releaseLock()
    await stream.cancel().catch(() => undefined)
  }
}

function parseBlock(block: string): ServerSentEvent[] {
  const fields = block.split(LINE_END).map((line) => /^(event|data): ?(.*)$/.exec(line))
  const values = (name: string): string[] =>
    fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []))
  const data = values('data')
  if (data.length === 0) return []
  return [{ event: values('event')[0] ?? 'message', data: data.join('\n') }]
}
