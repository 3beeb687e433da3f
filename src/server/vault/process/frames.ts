import { toCbor } from '../../../protocol/cbor.ts'
import { PawpostError } from '../../../protocol/errors.ts'

/** Most bytes of one call or answer: a household's wraps, a batch of accounts, and much more. */
export const MAX_FRAME = 1 << 24

const LENGTH_BYTES = 4

/** A value as a frame: its length in four bytes, then CBOR. Throws `too-large` (`vault-frame`). */
export function frameOf(value: unknown): Uint8Array {
  const body = toCbor(value)
  if (body.length > MAX_FRAME) throw new PawpostError('too-large', 'vault-frame')
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length, body])
}

/**
 * The frames of a stream, without their lengths. Throws `too-large` (`vault-frame`) before it keeps
 * anything of one that is. What is cut off at the end is left out.
 */
export async function* framesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let kept: Uint8Array[] = []
  let length = 0
  let wanted = LENGTH_BYTES
  for await (const chunk of chunks) {
    kept.push(chunk)
    length += chunk.length
    while (length >= wanted) {
      const all = Buffer.concat(kept)
      wanted = LENGTH_BYTES + lengthOf(all)
      if (length < wanted) {
        kept = [all]
        break
      }
      yield Uint8Array.from(all.subarray(LENGTH_BYTES, wanted))
      kept = [all.subarray(wanted)]
      length -= wanted
      wanted = LENGTH_BYTES
    }
  }
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readUInt32BE()
  if (length > MAX_FRAME) throw new PawpostError('too-large', 'vault-frame')
  return length
}
