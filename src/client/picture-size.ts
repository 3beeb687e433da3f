import { ascii } from '../protocol/bytes.ts'

/** Pixels of a picture. */
export type PictureSize = { readonly width: number; readonly height: number }

/**
 * The size of a JPEG, PNG or WebP, from its header alone; nothing for anything else. A few kilobytes may
 * unpack to gigabytes: whoever draws a picture of somebody else's asks here before.
 */
export function pictureSize(image: Uint8Array): PictureSize | undefined {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength)
  try {
    return pngSize(view) ?? jpegSize(view) ?? webpSize(view)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** PNG (RFC 2083): IHDR comes first. */
function pngSize(view: DataView): PictureSize | undefined {
  if (view.getUint32(0) !== 0x89504e47 || !has(view, 12, 'IHDR')) return undefined
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** Markers C0 to CF start a frame (ITU T.81 table B.1), but for tables and what is reserved. */
const NO_FRAMES = [0xc4, 0xc8, 0xcc]

function jpegSize(view: DataView): PictureSize | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker)
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
}

/** WebP (RFC 9649): extended, lossless or lossy. */
function webpSize(view: DataView): PictureSize | undefined {
  if (!has(view, 0, 'RIFF') || !has(view, 8, 'WEBP')) return undefined
  if (has(view, 12, 'VP8X')) return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
  if (has(view, 12, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (!has(view, 12, 'VP8 ')) return undefined
  return {
    width: view.getUint16(26, true) & 0x3fff,
    height: view.getUint16(28, true) & 0x3fff,
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}

function has(view: DataView, at: number, word: string): boolean {
  return ascii(word).every((letter, index) => view.getUint8(at + index) === letter)
}

/** Pixels of a side of somebody's picture, at most: what the app makes has 384. */
const MOST_PIXELS = 1024

/** Whether somebody's picture may be drawn: it is one, and it unpacks to a few megabytes at most. */
export function isDrawable(image: Uint8Array): boolean {
  const { width, height } = pictureSize(image) ?? { width: 0, height: 0 }
  return [width, height].every((side) => side > 0 && side <= MOST_PIXELS)
}
