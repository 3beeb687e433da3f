/**
 * A plain Bloom filter, to compare with: for false positives at 2^-bits it takes `bits` probes and
 * bits / ln 2 bits for each entry (23.1 at 2^-16).
 */
export type Bloom = { add(hash: Uint8Array): void; has(hash: Uint8Array): boolean; bytes: number }

export function createBloom(entries: number, bits: number): Bloom {
  const size = Math.ceil((entries * bits) / Math.LN2)
  const field = new Uint8Array(Math.ceil(size / 8))

  /** Probe number `turn`, from two numbers in the hash (Kirsch and Mitzenmacher). */
  function place(hash: Buffer, turn: number): number {
    return (hash.readUIntLE(0, 6) + turn * (hash.readUIntLE(6, 4) | 1)) % size
  }

  return {
    bytes: field.length,
    add(hash) {
      const buffer = bufferOf(hash)
      for (let turn = 0; turn < bits; turn += 1) {
        const at = place(buffer, turn)
        const byte = Math.floor(at / 8)
        field[byte] = (field[byte] ?? 0) | (1 << (at % 8))
      }
    },
    has(hash) {
      const buffer = bufferOf(hash)
      for (let turn = 0; turn < bits; turn += 1) {
        const at = place(buffer, turn)
        if (((field[Math.floor(at / 8)] ?? 0) & (1 << (at % 8))) === 0) return false
      }
      return true
    },
  }
}

function bufferOf(hash: Uint8Array): Buffer {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength)
}
