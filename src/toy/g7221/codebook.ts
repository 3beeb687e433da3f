import { type Bits, bitsLeft, readBit } from './bits.ts'

/**
 * A prefix code: the word of each index for the encoder, a tree for the decoder. Some rare indices
 * share a word; the decoder takes the smallest index that owns it.
 */
export type Codebook = {
  readonly words: Uint16Array
  readonly lengths: Uint8Array
  /** `tree[2 * node + bit]`: a further node (> 0), a leaf (-1 - index), or 0 where no word goes. */
  readonly tree: Int16Array
}

/** Takes the [word, length] pairs of a table, one per index. */
export function codebook(pairs: readonly (readonly number[])[]): Codebook {
  const words = Uint16Array.from(pairs, ([word = 0]) => word)
  const lengths = Uint8Array.from(pairs, ([, length = 0]) => length)
  return { words, lengths, tree: plant(words, lengths) }
}

function plant(words: Uint16Array, lengths: Uint8Array): Int16Array {
  const tree = new Int16Array(2 * words.length)
  let nodes = 1
  words.forEach((word, index) => {
    let node = 0
    for (let i = (lengths[index] ?? 0) - 1; i > 0; i--) {
      const branch = 2 * node + ((word >> i) & 1)
      if (tree[branch] === 0) tree[branch] = nodes++
      node = tree[branch] ?? 0
    }
    const leaf = 2 * node + (word & 1)
    if (tree[leaf] === 0) tree[leaf] = -1 - index
  })
  return tree
}

/** The index of the next word, or -1 where the frame ends before the word does. */
export function readIndex(bits: Bits, book: Codebook): number {
  let node = 0
  while (bitsLeft(bits) > 0) {
    const next = book.tree[2 * node + readBit(bits)] ?? 0
    if (next < 0) return -1 - next
    node = next
  }
  return -1
}
