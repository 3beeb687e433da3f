/**
 * The mathematics of a 4-wise binary fuse filter (Graf and Lemire, "Binary Fuse Filters: Fast and
 * Smaller Than Xor Filters", ACM JEA 27, 2022).
 *
 * A filter of n keys is an array of small fingerprints, cut into segments of equal length L (a
 * power of two). A key has four slots, one in each of four neighbouring segments, and a fingerprint
 * of b bits. The array is filled so that for every key of the set the exclusive or of its four
 * slots is its fingerprint; for any other key that happens by chance, with probability 2^-b. A
 * member is never missed.
 *
 * Filling it means peeling a random hypergraph: its vertices are the slots, its edges the keys. It
 * succeeds with high probability when the array has max(1.075, 0.77 + 0.305 ln(600000)/ln n) slots
 * for each key and L = 2^floor(ln n / ln 2.91 - 0.5) (the paper's section 3, found by experiment).
 * With shards of 2^18 to 2^19 keys that makes 1.08 to 1.10 slots for each key: 17.3 to 17.6 bits at
 * b = 16, and half of it at b = 8.
 */

/** How many slots a key has. */
export const ARITY = 4
/** Words that {@link place} writes for a key: its slots and its fingerprint. */
export const PLACE_WORDS = ARITY + 1
/** Third offset and fingerprint share a word of 32 bits. */
export const MAX_SEGMENT_LOG = 16

/** Bits of a fingerprint: false positives at 2^-8 or 2^-16. */
export type FingerprintBits = 8 | 16

/** The geometry of one filter: segments of 2^segmentLog slots, of which `starts` can be a key's first. */
export type Shape = { readonly segmentLog: number; readonly starts: number }

/** A geometry with the seed under which its keys could be peeled. */
export type SeededShape = Shape & { readonly seed: number }

/** The geometry for `keys` keys. */
export function shapeFor(keys: number): Shape {
  const n = Math.max(keys, 2)
  const log = Math.floor(Math.log(n) / Math.log(2.91) - 0.5)
  const segmentLog = Math.min(Math.max(log, 1), MAX_SEGMENT_LOG)
  const factor = Math.max(1.075, 0.77 + (0.305 * Math.log(600_000)) / Math.log(n))
  const segments = Math.ceil((n * factor) / 2 ** segmentLog)
  return { segmentLog, starts: Math.max(segments - (ARITY - 1), 1) }
}

/** How long the array is. */
export function slotsOf({ segmentLog, starts }: Shape): number {
  return (starts + ARITY - 1) * 2 ** segmentLog
}

/**
 * Where the key number `index` of `keys` belongs: writes its four slots and its fingerprint (32
 * bits of which the highest count) to `out`, at `PLACE_WORDS * index`.
 *
 * `keys` holds pairs of words, the lower half of each key first. (a, b) is a one-to-one image of the
 * key, so no two keys of a set share it; the third word only spreads it further.
 */
export function place(
  { segmentLog, starts, seed }: SeededShape,
  keys: Uint32Array,
  index: number,
  out: Uint32Array,
): void {
  const a = mix((keys[2 * index] ?? 0) ^ seed)
  const b = mix((keys[2 * index + 1] ?? 0) ^ a)
  const c = mix(b ^ ((a << 13) | (a >>> 19)) ^ seed)
  const length = 1 << segmentLog
  const mask = length - 1
  // Scales 32 random bits down to 0 … starts x length - 1.
  const first = Math.floor(((b >>> 0) * (starts * length)) / 2 ** 32)
  const at = PLACE_WORDS * index
  out[at] = first
  out[at + 1] = (first + length) ^ (a & mask)
  out[at + 2] = (first + 2 * length) ^ ((a >>> MAX_SEGMENT_LOG) & mask)
  out[at + 3] = (first + 3 * length) ^ (c & mask)
  out[at + ARITY] = c
}

/**
 * The upper half of a key, from the first two words of a SHA-1 (the second is its lower half). It
 * names the shard: mixed, so that shards are alike in size even if only some ranges were taken.
 */
export function upperHalf(first: number, second: number): number {
  return first ^ mix(second)
}

/** A one-to-one mixing of 32 bits: multiplications by odd numbers, and shifts folded in. */
export function mix(word: number): number {
  let x = word | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return x ^ (x >>> 16)
}
