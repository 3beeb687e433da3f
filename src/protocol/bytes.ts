import { base64urlnopad, hex } from '@scure/base'

/** True when both hold the same bytes. Not constant time: use it for public values only. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** One array holding all `parts` in order. */
export function concatBytes(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The bytes of `text` in ASCII; throws on anything else. For domain strings, never for people's words. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0)
    if (code > 127) throw new RangeError('not ASCII')
    return code
  })
}

/** Big-endian bytes of a safe integer, eight of them, as the hashes of this protocol want them. */
export function uint64(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** base64url without padding (RFC 4648 section 5): how bytes travel inside JSON. */
export function toBase64url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes)
}

/** Inverse of {@link toBase64url}; throws on padding, foreign letters and non-zero trailing bits. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(base64urlnopad.decode(text))
}

export function toHex(bytes: Uint8Array): string {
  return hex.encode(bytes)
}
