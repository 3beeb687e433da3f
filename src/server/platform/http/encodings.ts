import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** How the bytes of an answer are packed for the way (RFC 9110, 8.4.1). */
export type Encoding = 'br' | 'gzip' | 'identity'

/** The better ones first. */
const OFFERED: readonly Encoding[] = ['br', 'gzip', 'identity']
/** `identity` may always be sent unless it is excluded; whatever was named is liked better. */
const UNSAID = 0.0001
/** One name with its weight, such as `gzip;q=0.5`. */
const ENTRY = /^\s*([^\s;]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i

/**
 * What of our encodings whoever sent this Accept-Encoding likes best (RFC 9110, 12.5.3); of equals
 * the one that packs best. Nothing said, or nothing of ours left, means `identity`.
 */
export function encodingFor(accepted: string | undefined): Encoding {
  const weights = weightsIn(accepted ?? '')
  const weightOf = (name: Encoding): number =>
    weights.get(name) ?? (name === 'identity' ? UNSAID : (weights.get('*') ?? 0))
  const likes = OFFERED.filter((name) => weightOf(name) > 0)
  return likes.toSorted((one, other) => weightOf(other) - weightOf(one))[0] ?? 'identity'
}

function weightsIn(accepted: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const entry of accepted.split(',')) {
    const [, name = '', weight = '1'] = ENTRY.exec(entry) ?? []
    if (name !== '') weights.set(name.toLowerCase(), Number(weight))
  }
  return weights
}

const packBrotli = promisify<Buffer, object, Buffer>(brotliCompress)
const packGzip = promisify<Buffer, object, Buffer>(gzip)
/** Half a second for a megabyte and a half; the two above it take ten times as long for 5 % less. */
const BROTLI_QUALITY = 9

/** Packs bytes, off the main thread. */
export async function encode(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return bytes
  if (encoding === 'gzip') return packGzip(bytes, { level: constants.Z_BEST_COMPRESSION })
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return packBrotli(bytes, { params })
}
