/**
 * A plain Bloom filter, to compare with: for false positives at 2^-bits it takes `bits` probes and
 * bits / ln 2 bits for each entry (23.1 at 2^-16).
 */
export type Bloom = { add(hash: Uint8Array): void; has(hash: Uint8Array): boolean; bytes: number }

export function createBloom(entries: number, bits: number): Bloom {
  const size = Math.ceil((entries * bits) / Math.LN2)
  const field = new Uint8Array(Math.ceil(size / 8))

  /** Probe number `turn` is at (first + turn * step) % size (Kirsch and Mitzenmacher). */
  function numbersOf(hash: Uint8Array): readonly [first: number, step: number] {
    const buffer = Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength)
    return [buffer.readUIntLE(0, 6), (buffer.readUInt32LE(6) | 1) >>> 0]
  }

  return {
    bytes: field.length,
    add(hash) {
      const [first, step] = numbersOf(hash)
      for (let turn = 0; turn < bits; turn += 1) {
        const at = (first + turn * step) % size
        const byte = Math.floor(at / 8)
        field[byte] = (field[byte] ?? 0) | (1 << (at % 8))
      }
    },
    has(hash) {
      const [first, step] = numbersOf(hash)
      for (let turn = 0; turn < bits; turn += 1) {
        const at = (first + turn * step) % size
        if (((field[Math.floor(at / 8)] ?? 0) & (1 << (at % 8))) === 0) return false
      }
      return true
    },
  }
}
