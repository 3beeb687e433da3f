import { unreadable } from './format.ts'
import { upperHalf } from './shape.ts'

/** Hex digits of a SHA-1. */
export const SHA1_DIGITS = 40
/** Far more than a hash and a count need. */
export const MAX_LINE = 128
const LF = 10
const CR = 13
const SPACE = 32
const COLON = 58
const ZERO = 48
const NINE = 57

/** The value of each byte as a hex digit, or -1. */
const NIBBLES = Int8Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16)
  return Number.isNaN(digit) ? -1 : digit
})

/** Reads a list piece by piece; gives the keys of each piece as pairs of words, lower half first. */
export interface LineReader {
  /** The chunk's memory may be used again afterwards. */
  push(chunk: Uint8Array): Uint32Array
  /** What the last line says, which may lack its line end. */
  end(): Uint32Array
}

/**
 * Reads lines of `SHA1:COUNT` or `SHA1`; where a range file's name holds the first digits
 * (`prefix`), of the digits that remain. CRLF or LF, hex digits of either case, a byte order mark
 * and empty lines are fine; a line whose count is 0 is padding and left out. Anything else is
 * refused with `breach-list-unreadable`, naming file and line.
 */
export function createLineReader(name: string, prefix = ''): LineReader {
  const known = Uint8Array.from(prefix, (digit) => Number.parseInt(digit, 16))
  let rest: Uint8Array = new Uint8Array()
  let line = 0

  function push(chunk: Uint8Array): Uint32Array {
    const text = rest.length === 0 ? bufferOf(chunk) : Buffer.concat([rest, chunk])
    const keys = new Uint32Array(2 * Math.ceil(text.length / (SHA1_DIGITS - known.length)) + 2)
    let found = 0
    let from = 0
    for (let to = text.indexOf(LF); to >= 0; to = text.indexOf(LF, from)) {
      line += 1
      const bytes = text.subarray(line === 1 ? afterMark(text) : from, trimmedEnd(text, from, to))
      from = to + 1
      if (bytes.length === 0) continue
      const count = readLine(bytes, known, keys.subarray(found, found + 2))
      if (count === undefined) throw unreadable(`${name}, line ${line}`)
      if (count > 0) found += 2
    }
    rest = Uint8Array.from(text.subarray(from))
    if (rest.length > MAX_LINE) throw unreadable(`${name}, line ${line + 1}`)
    return keys.subarray(0, found)
  }

  return { push, end: () => (rest.length === 0 ? new Uint32Array() : push(Uint8Array.of(LF))) }
}

/** Writes a line's key and gives its count; undefined if the line is none. */
function readLine(line: Uint8Array, known: Uint8Array, key: Uint32Array): number | undefined {
  let high = 0
  let low = 0
  for (let digit = 0; digit < SHA1_DIGITS; digit += 1) {
    const own = digit - known.length
    const nibble = own < 0 ? (known[digit] ?? 0) : (NIBBLES[line[own] ?? 0] ?? -1)
    if (nibble < 0) return undefined
    if (digit < 8) high = (high << 4) | nibble
    else if (digit < 16) low = (low << 4) | nibble
  }
  key[0] = low
  key[1] = upperHalf(high, low)
  return readCount(line, SHA1_DIGITS - known.length)
}

function readCount(line: Uint8Array, from: number): number | undefined {
  if (from === line.length) return 1
  if (line[from] !== COLON || from + 1 === line.length) return undefined
  let count = 0
  for (let at = from + 1; at < line.length; at += 1) {
    const byte = line[at] ?? 0
    if (byte < ZERO || byte > NINE) return undefined
    count = 10 * count + byte - ZERO
  }
  return count
}

/** Where the first line begins: after a UTF-8 byte order mark, if there is one. */
function afterMark(text: Uint8Array): number {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf ? 3 : 0
}

function trimmedEnd(text: Uint8Array, from: number, to: number): number {
  let end = to
  while (end > from && (text[end - 1] === CR || text[end - 1] === SPACE)) end -= 1
  return end
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
