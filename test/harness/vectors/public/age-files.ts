import { concatBytes } from '../../../../src/protocol/bytes.ts'

/** What the age test suite says becomes of a file. */
export type AgeExpectation =
  | 'success'
  | 'no match'
  | 'HMAC failure'
  | 'header failure'
  | 'payload failure'
  | 'armor failure'

/** A vector of the age test suite (c2sp.org/CCTV/age): its own header, and the file behind it. */
export type AgeVector = {
  readonly name: string
  readonly expect: AgeExpectation
  /** SHA-256 of what is inside, in hex: of a `success`, all of it. */
  readonly payload: string | undefined
  readonly identities: readonly string[]
  readonly passphrases: readonly string[]
  readonly armored: boolean
  /** In hex: with it, one vector's payload fits behind another one's header. */
  readonly fileKey: string | undefined
  readonly file: Uint8Array<ArrayBuffer>
}

/** The suite's vectors by name, as the package `cctv-age` has them. */
export type AgeFiles = Readonly<Record<string, Uint8Array>>

const NEWLINE = 10
const MAC_LINE = '\n--- '

/** Reads the whole suite, in the order of the names. */
export function readAgeVectors(files: AgeFiles): Promise<readonly AgeVector[]> {
  const names = Object.keys(files).toSorted()
  return Promise.all(names.map((name) => readAgeVector(name, files[name] ?? new Uint8Array())))
}

async function readAgeVector(name: string, bytes: Uint8Array): Promise<AgeVector> {
  const end = bytes.findIndex((byte, at) => byte === NEWLINE && bytes[at + 1] === NEWLINE)
  const lines = latin1(bytes.subarray(0, end)).split('\n')
  const all = (key: string): string[] =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2))
  const file = Uint8Array.from(bytes.subarray(end + 2))
  return {
    name,
    expect: all('expect')[0] as AgeExpectation,
    payload: all('payload')[0],
    identities: all('identity'),
    passphrases: all('passphrase'),
    armored: all('armored')[0] === 'yes',
    fileKey: all('file key')[0],
    file: all('compressed')[0] === 'zlib' ? await inflated(file) : file,
  }
}

/** The payload of one vector behind the header of another: both have the same file key. */
export function behindHeader(header: AgeVector, vector: AgeVector): AgeVector {
  if (header.fileKey !== vector.fileKey) throw new RangeError('another file key')
  const file = concatBytes(
    header.file.subarray(0, headerLength(header.file)),
    vector.file.subarray(headerLength(vector.file)),
  )
  return { ...vector, identities: header.identities, file }
}

/** Up to the end of the line with the header's MAC. */
function headerLength(file: Uint8Array): number {
  const mac = latin1(file).indexOf(MAC_LINE)
  return file.indexOf(NEWLINE, mac + 1) + 1
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
