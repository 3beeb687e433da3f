import { bitsLeft, bitsOf, type Bits, onlyOnesLeft, readBits } from './bits.ts'
import { categoriesAt, climb, createLadder, type Ladder, STEPS } from './categories.ts'
import { readEnvelope } from './envelope.ts'
import { CODED, FRAME_BYTES, REGIONS } from './format.ts'
import { quantiserOf } from './tables.ts'
import { readRegion } from './vectors.ts'

/** Bits of the categorisation number. */
export const CHOICE_BITS = 4

/** The fields of one received frame. Every frame can be read on its own. */
export type Frame = {
  /** Nothing below is to be used when this is true. */
  damaged: boolean
  /** Power index of each region, -15..24. */
  readonly powers: Int8Array
  /** Bits that the powers take. */
  envelopeBits: number
  /** Which of the sixteen categorisations the encoder chose. */
  choice: number
  readonly categories: Uint8Array
  /** Regions read before the frame ended: 14, or fewer where an encoder cut the frame off. */
  heard: number
  /** Bits of filler after the last sign, or -1 where the frame was cut off. */
  left: number
  /** Signed level of each coefficient of the regions that were heard. */
  readonly levels: Int8Array
  readonly ladder: Ladder
}

export function createFrame(): Frame {
  return {
    damaged: true,
    powers: new Int8Array(REGIONS),
    envelopeBits: 0,
    choice: 0,
    categories: new Uint8Array(REGIONS),
    heard: 0,
    left: 0,
    levels: new Int8Array(CODED),
    ladder: createLadder(),
  }
}

/** Reads 40 bytes into `frame`. Never throws: what cannot be a frame is marked as damaged. */
export function parseFrame(bytes: Uint8Array, frame: Frame): void {
  frame.damaged = bytes.length !== FRAME_BYTES || !isSound(bitsOf(bytes), frame)
}

function isSound(bits: Bits, frame: Frame): boolean {
  if (!readEnvelope(bits, frame.powers)) return false
  frame.envelopeBits = bits.position
  frame.choice = readBits(bits, CHOICE_BITS)
  if (!climb(frame.powers, bitsLeft(bits), frame.ladder)) return false
  categoriesAt(frame.ladder, frame.choice, frame.categories)
  frame.levels.fill(0)
  frame.heard = readRegions(bits, frame)
  if (frame.heard < REGIONS) {
    frame.left = -1
    return frame.choice === STEPS
  }
  frame.left = bitsLeft(bits)
  return onlyOnesLeft(bits)
}

/** Returns the number of regions that were read before the frame ended. */
function readRegions(bits: Bits, frame: Frame): number {
  for (let r = 0; r < REGIONS; r++) {
    const quantiser = quantiserOf(frame.categories[r] ?? 0)
    if (quantiser && !readRegion(bits, r, quantiser, frame.levels)) return r
  }
  return REGIONS
}
