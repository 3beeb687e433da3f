/**
 * The records of an export, as bytes, in the order in which they lie in a file. Only one chunk of a
 * file and one record are in memory at a time.
 */

/** Why the bytes of a record could not be had. After the last three a file is read no further. */
export const FAULTS = [
  'record-too-long',
  'record-cut-off',
  'length-absurd',
  'file-damaged',
] as const
export type Fault = (typeof FAULTS)[number]

/** One record: its bytes, or what was wrong. An empty one is a blank line. */
export type Piece = Uint8Array | Fault

export type Chunks = AsyncIterable<Uint8Array>

/** The most that MongoDB takes for one document, and here for a line as well: 16 MiB. */
export const MOST_BYTES = 16 * 1024 * 1024
const NEWLINE = 10
/** Length and final zero: the shortest document there is (bsonspec.org, `document`). */
const LEAST_BYTES = 5

/** The lines of a file, without their ends; those longer than `most` are passed over. */
export async function* linesOf(chunks: Chunks, most = MOST_BYTES): AsyncGenerator<Piece[]> {
  const line = createLine(most)
  for await (const chunk of chunks) {
    const pieces: Piece[] = []
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      line.add(chunk.subarray(from, end))
      pieces.push(line.take())
      from = end + 1
    }
    line.add(chunk.subarray(from))
    yield pieces
  }
  if (!line.isEmpty()) yield [line.take()]
}

type Line = { add(bytes: Uint8Array): void; take(): Piece; isEmpty(): boolean }

/** A line that comes in parts. What is too long is not kept. */
function createLine(most: number): Line {
  let parts: Uint8Array[] = []
  let size = 0
  return {
    add(bytes) {
      size += bytes.length
      if (size <= most) parts.push(bytes)
      else parts = []
    },
    take() {
      const piece = size > most ? 'record-too-long' : Buffer.concat(parts)
      parts = []
      size = 0
      return piece
    },
    isEmpty: () => size === 0,
  }
}

/**
 * The documents of a dump: each begins with its own length in four bytes. Behind a length that
 * cannot be, nothing tells where the next one begins.
 */
export async function* documentsOf(chunks: Chunks, most = MOST_BYTES): AsyncGenerator<Piece[]> {
  let rest: Uint8Array = new Uint8Array()
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const { pieces, used, isAbsurd } = cut(bytes, most)
    yield pieces
    if (isAbsurd) {
      yield ['length-absurd']
      return
    }
    rest = bytes.subarray(used)
  }
  if (rest.length > 0) yield ['record-cut-off']
}

function cut(
  bytes: Uint8Array,
  most: number,
): { pieces: Uint8Array[]; used: number; isAbsurd: boolean } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pieces: Uint8Array[] = []
  let used = 0
  while (used + 4 <= bytes.length) {
    const length = view.getInt32(used, true)
    if (length < LEAST_BYTES || length > most) return { pieces, used, isAbsurd: true }
    if (used + length > bytes.length) break
    pieces.push(bytes.subarray(used, used + length))
    used += length
  }
  return { pieces, used, isAbsurd: false }
}
