import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, uint64 } from '../../src/protocol/bytes.ts'

/**
 * From here on this process has no randomness: every random byte follows from the label, so that
 * the vectors come out the same each time. For vectors only: the keys are known to everybody.
 */
export function drawFrom(label: string): void {
  const seed = sha256(new TextEncoder().encode(`pawpost/vectors/v1/${label}`))
  let count = 0
  const block = (): Uint8Array => sha256(concatBytes(seed, uint64((count += 1))))
  const fill = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    for (let at = 0; at < bytes.length; at += 32)
      bytes.set(block().subarray(0, bytes.length - at), at)
    return view
  }
  Object.defineProperty(crypto, 'getRandomValues', { value: fill, configurable: true })
}
