/**
 * Flow control of an upload (facts, section 7): the toy grants bytes, the phone sends no more than
 * was granted and fills the last grant with 0x80. Pure bookkeeping, no radio.
 */

export type DataRequest = {
  /** Bytes the toy grants in addition; 0 means: the upload has ended. */
  requested: number
  /** Requests served so far. */
  served: number
}

export type Credit = {
  readonly clip: Uint8Array
  granted: number
  sent: number
  /** Where sending stops: the bytes granted when the clip's last byte went out. */
  goal: number | undefined
}

export type Packet = { bytes: Uint8Array; last: boolean }

/** An ATT packet of Bluetooth 4.0 carries 20 bytes. */
export const PACKET_BYTES = 20
export const FILLER = 0x80

/** The 4 bytes of a data_req notification; undefined when it is shorter. */
export function parseDataRequest(bytes: Uint8Array): DataRequest | undefined {
  if (bytes.length < 4) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, 4)
  return { requested: view.getUint16(0, true), served: view.getUint16(2, true) }
}

export function newCredit(clip: Uint8Array): Credit {
  return { clip, granted: 0, sent: 0, goal: undefined }
}

/** Bytes that may be sent now. Grants that come after the clip's end are not filled. */
export function room(credit: Credit): number {
  return (credit.goal ?? credit.granted) - credit.sent
}

/** Takes the next packet, clip bytes first and filler after them; undefined without credit. */
export function takePacket(credit: Credit): Packet | undefined {
  const size = Math.min(PACKET_BYTES, room(credit))
  if (size <= 0) return undefined
  const bytes = new Uint8Array(size).fill(FILLER)
  bytes.set(credit.clip.subarray(credit.sent, credit.sent + size))
  credit.sent += size
  if (credit.sent >= credit.clip.length) credit.goal ??= credit.granted
  return { bytes, last: credit.sent === credit.goal }
}

/** Whether the whole clip and the filler of its last grant have been handed out. */
export function isComplete(credit: Credit): boolean {
  return credit.sent === credit.goal
}
