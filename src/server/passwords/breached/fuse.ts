import {
  ARITY,
  mix,
  place,
  PLACE_WORDS,
  shapeFor,
  slotsOf,
  type FingerprintBits,
  type SeededShape,
} from './shape.ts'

/** A filled filter: its geometry, and one fingerprint for each slot. */
export type Fuse = { readonly shape: SeededShape; readonly slots: Uint8Array | Uint16Array }

/** The order in which keys came off: the slot that was theirs alone at that moment. */
type Peeling = { readonly keys: Uint32Array; readonly slots: Uint32Array }

/** After so many seeds in vain the array grows by a segment; hardly one set in a hundred needs two. */
const SEEDS_FOR_A_LENGTH = 16

/**
 * Fills a filter for distinct keys (pairs of words, lower half first). The same keys in the same
 * order give the same filter.
 */
export function fillFuse(keys: Uint32Array, bits: FingerprintBits): Fuse {
  const shape = shapeFor(keys.length / 2)
  const places = new Uint32Array((keys.length / 2) * PLACE_WORDS)
  for (let attempt = 0; ; attempt += 1) {
    const starts = shape.starts + Math.floor(attempt / SEEDS_FOR_A_LENGTH)
    const seeded = { ...shape, starts, seed: mix(attempt + 1) >>> 0 }
    for (let key = 0; 2 * key < keys.length; key += 1) place(seeded, keys, key, places)
    const peeling = peel(places, slotsOf(seeded))
    if (peeling) return { shape: seeded, slots: fill(places, peeling, { seeded, bits }) }
  }
}

/**
 * Takes off keys one by one, each at a slot that no other remaining key has. Undefined if some
 * remain that share all their slots.
 */
function peel(places: Uint32Array, length: number): Peeling | undefined {
  const total = places.length / PLACE_WORDS
  const { counts, sums } = occupy(places, length)
  const lonely = new Uint32Array(length + ARITY * total)
  let waiting = 0
  for (let slot = 0; slot < length; slot += 1) if (counts[slot] === 1) lonely[waiting++] = slot
  const order = { keys: new Uint32Array(total), slots: new Uint32Array(total) }
  let peeled = 0
  while (waiting > 0) {
    const slot = lonely[--waiting] ?? 0
    if (counts[slot] !== 1) continue
    const key = sums[slot] ?? 0
    order.keys[peeled] = key
    order.slots[peeled++] = slot
    for (let at = PLACE_WORDS * key; at < PLACE_WORDS * key + ARITY; at += 1) {
      const other = places[at] ?? 0
      sums[other] = (sums[other] ?? 0) ^ key
      if ((counts[other] = (counts[other] ?? 0) - 1) === 1) lonely[waiting++] = other
    }
  }
  return peeled === total ? order : undefined
}

/** For each slot how many keys have it, and the exclusive or of their numbers: of one, its number. */
function occupy(places: Uint32Array, length: number): { counts: Uint16Array; sums: Uint32Array } {
  const counts = new Uint16Array(length)
  const sums = new Uint32Array(length)
  for (let key = 0; PLACE_WORDS * key < places.length; key += 1) {
    for (let at = PLACE_WORDS * key; at < PLACE_WORDS * key + ARITY; at += 1) {
      const slot = places[at] ?? 0
      counts[slot] = (counts[slot] ?? 0) + 1
      sums[slot] = (sums[slot] ?? 0) ^ key
    }
  }
  return { counts, sums }
}

/** The last key off is the first in: its slot is nobody's afterwards, so it can be set freely. */
function fill(
  places: Uint32Array,
  { keys, slots }: Peeling,
  { seeded, bits }: { seeded: SeededShape; bits: FingerprintBits },
): Uint8Array | Uint16Array {
  const values = new (bits === 8 ? Uint8Array : Uint16Array)(slotsOf(seeded))
  for (let turn = keys.length - 1; turn >= 0; turn -= 1) {
    const at = PLACE_WORDS * (keys[turn] ?? 0)
    let value = (places[at + ARITY] ?? 0) >>> (32 - bits)
    for (let slot = at; slot < at + ARITY; slot += 1) value ^= values[places[slot] ?? 0] ?? 0
    values[slots[turn] ?? 0] = value
  }
  return values
}
