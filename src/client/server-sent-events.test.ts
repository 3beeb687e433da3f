import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PawpostError } from '../protocol/errors.ts'
import { readEvents, type ServerSentEvent } from './server-sent-events.ts'

const STREAM =
  ': hello\n\nevent: heads\ndata: {"log":1}\n\nid: 7\ndata: zwei\ndata: Zeilen ü\n\n' +
  ': nothing\n\nretry: 9\n\ndata:tight\n\nevent: empty\n\ndata: cut off'
const EVENTS: readonly ServerSentEvent[] = [
  { event: 'heads', data: '{"log":1}' },
  { event: 'message', data: 'zwei\nZeilen ü' },
  { event: 'message', data: 'tight' },
]

function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
}

/** The bytes in pieces of `size`. */
function cut(text: string, size: number): readonly Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  const count = Math.ceil(bytes.length / size)
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
}

async function read(stream: ReadableStream<Uint8Array>): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = []
  for await (const event of readEvents(stream)) events.push(event)
  return events
}

test('events are the same in whatever pieces they come, a byte at a time included', async () => {
  for (const size of [1, 2, 3, 7, 64, 10_000]) {
    assert.deepEqual(await read(streamOf(cut(STREAM, size))), EVENTS, `pieces of ${size}`)
  }
})

test('lines may end as on any system', async () => {
  for (const end of ['\r\n', '\r']) {
    const text = STREAM.replaceAll('\n', end)
    for (const size of [1, 2, 5, 10_000]) {
      assert.deepEqual(await read(streamOf(cut(text, size))), EVENTS, `${end.length} ${size}`)
    }
  }
})

test('a stream that breaks is a lost connection', async () => {
  let pulls = 0
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulls += 1
      if (pulls > 1) controller.error(new TypeError('terminated'))
      else controller.enqueue(new TextEncoder().encode('data: one\n\nda'))
    },
  })
  const seen: string[] = []
  const reading = (async () => {
    for await (const { data } of readEvents(broken)) seen.push(data)
  })()
  await assert.rejects(
    reading,
    (error) => error instanceof PawpostError && error.code === 'offline',
  )
  assert.deepEqual(seen, ['one'])
})

test('who stops reading lets the stream go', async () => {
  let cancelled = false
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
    cancel: () => void (cancelled = true),
  })
  for await (const { data } of readEvents(endless)) {
    assert.equal(data, 'x')
    break
  }
  assert.ok(cancelled)
})
