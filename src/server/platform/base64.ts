import { PawpostError } from '../../protocol/errors.ts'

/** base64url without padding, by Node's own code: answers carry a lot of it. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** Inverse of {@link encodeBase64}. Throws `bad-request` on anything it would not write. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new PawpostError('bad-request', 'body')
  return Uint8Array.from(bytes)
}
