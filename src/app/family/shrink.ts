import type { Portrait } from '../../client/portraits.ts'
import { PORTRAIT_BYTES } from '../../protocol/message/kinds.ts'

/** Sides of the square in pixels and qualities, tried in this order until the picture is small enough. */
const TRIES = [
  { side: 384, quality: 0.85 },
  { side: 384, quality: 0.7 },
  { side: 256, quality: 0.7 },
  { side: 160, quality: 0.6 },
] as const

/**
 * The middle of a picture as a small square JPEG. It is drawn anew: nothing that came with the file
 * (place, time, camera) is in it. Throws where the browser cannot read the file.
 */
export async function shrink(file: Blob): Promise<Portrait> {
  const picture = await createImageBitmap(file)
  try {
    for (const { side, quality } of TRIES) {
      const image = await drawn(picture, side, quality)
      if (image.length <= PORTRAIT_BYTES) return { type: 'image/jpeg', image }
    }
    throw new Error('a picture that does not get small')
  } finally {
    picture.close()
  }
}

async function drawn(
  picture: ImageBitmap,
  side: number,
  quality: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  const least = Math.min(picture.width, picture.height)
  const [left, top] = [(picture.width - least) / 2, (picture.height - least) / 2]
  // What is see-through becomes white, not black.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, side, side)
  pen.drawImage(picture, left, top, least, least, 0, 0, side, side)
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', quality),
  )
  if (!blob) throw new Error('no picture')
  return new Uint8Array(await blob.arrayBuffer())
}
