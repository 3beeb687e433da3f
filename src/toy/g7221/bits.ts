/**
 * The toy fills each byte from its least significant end; inside a value or a code word the first
 * bit is the most significant one. (An ordinary G.722.1 stream fills bytes from the other end.)
 */
export type Bits = { readonly bytes: Uint8Array; position: number }

/** Starts at bit 0 of `bytes`, for reading or for writing. */
export function bitsOf(bytes: Uint8Array): Bits {
  return { bytes, position: 0 }
}

export function bitsLeft(bits: Bits): number {
  return bits.bytes.length * 8 - bits.position
}

/** The caller has made sure that a bit is left. */
export function readBit(bits: Bits): number {
  const k = bits.position++
  return ((bits.bytes[k >> 3] ?? 0) >> (k & 7)) & 1
}

/** The caller has made sure that `count` bits are left. */
export function readBits(bits: Bits, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) value = (value << 1) | readBit(bits)
  return value
}

export function writeBits(bits: Bits, value: number, count: number): void {
  for (let i = count - 1; i >= 0; i--) {
    const k = bits.position++
    const mask = 1 << (k & 7)
    const byte = bits.bytes[k >> 3] ?? 0
    bits.bytes[k >> 3] = (value >> i) & 1 ? byte | mask : byte & ~mask
  }
}

/** The filler at the end of a frame is all ones. */
export function fillWithOnes(bits: Bits): void {
  while (bitsLeft(bits) > 0) writeBits(bits, 1, 1)
}

/** True when every bit that is left is a one. */
export function onlyOnesLeft(bits: Bits): boolean {
  while (bitsLeft(bits) > 0) if (readBit(bits) === 0) return false
  return true
}
