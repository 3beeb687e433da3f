import { BUCKETS, readFrame, writeFrame, writeOuter } from '../../src/protocol/message/outer.ts'

/** A message whose envelope says that nothing larger than a receipt is in it. */
export function smaller(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  const { outer, ciphertext } = readFrame(frame)
  const { hid, mid, by, to, expiry } = outer
  const [size = 0] = BUCKETS
  return writeFrame(writeOuter({ hid, mid, by, to, size, expiry }, ciphertext), ciphertext)
}
