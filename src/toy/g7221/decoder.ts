import { BLOCK, REGIONS, REGION_SIZE, SILENT } from './format.ts'
import { createFrame, type Frame, parseFrame } from './frame.ts'
import { type Draw, repeatableNoise } from './noise.ts'
import { NOISE_GAIN, quantiserOf, sigma } from './tables.ts'
import { MEMORY, synthesise } from './transform.ts'

/** What a decoder keeps from frame to frame. One clip, one decoder. */
export type Decoder = {
  /** The frame that was read last. */
  readonly frame: Frame
  /** Its coefficients, or what replaced them; those above 7 kHz are always zero. */
  readonly coefficients: Float64Array
  readonly memory: Float64Array
  readonly draw: Draw
  /** The frame before was damaged and has been replaced by the one before it. */
  repeated: boolean
}

/** `draw` replaces the source of noise; the default gives the same samples at every run. */
export function createDecoder(draw: Draw = repeatableNoise()): Decoder {
  return {
    frame: createFrame(),
    coefficients: new Float64Array(BLOCK),
    memory: new Float64Array(MEMORY),
    draw,
    repeated: false,
  }
}

/**
 * Decodes one frame of 40 bytes (`undefined`: the transport lost it) to 320 samples in 16-bit units,
 * neither rounded nor clamped; they belong to the block before the one the frame was made from.
 * A damaged frame repeats the last good one, a second in a row is silent; nothing is ever thrown.
 */
export function decodeFrame(
  decoder: Decoder,
  bytes: Uint8Array | undefined,
  samples: Float64Array,
): void {
  const { frame, coefficients } = decoder
  frame.damaged = true
  if (bytes) parseFrame(bytes, frame)
  if (!frame.damaged) restore(decoder)
  else if (decoder.repeated) coefficients.fill(0)
  decoder.repeated = frame.damaged
  synthesise(coefficients, decoder.memory, samples)
}

function restore(decoder: Decoder): void {
  const { frame } = decoder
  for (let r = 0; r < REGIONS; r++) {
    const category = r < frame.heard ? (frame.categories[r] ?? SILENT) : SILENT
    restoreLevels(decoder, r, category)
    if ((NOISE_GAIN[category] ?? 0) > 0) fillWithNoise(decoder, r, category)
  }
}

function restoreLevels(decoder: Decoder, region: number, category: number): void {
  const { frame, coefficients } = decoder
  const unit = sigma(frame.powers[region] ?? 0)
  const sizes = quantiserOf(category)?.reconstruction
  for (let k = region * REGION_SIZE; k < (region + 1) * REGION_SIZE; k++) {
    const level = frame.levels[k] ?? 0
    const size = unit * (sizes?.[Math.abs(level)] ?? 0)
    coefficients[k] = level < 0 ? -size : size
  }
}

/** Zero levels get a random sign; one word serves the first half of the region, one the second. */
function fillWithNoise(decoder: Decoder, region: number, category: number): void {
  const { frame, coefficients } = decoder
  const size = sigma(frame.powers[region] ?? 0) * (NOISE_GAIN[category] ?? 0)
  const half = REGION_SIZE / 2
  for (let start = region * REGION_SIZE; start < (region + 1) * REGION_SIZE; start += half) {
    let word = decoder.draw()
    for (let k = start; k < start + half; k++) {
      if (frame.levels[k] !== 0) continue
      coefficients[k] = word & 1 ? size : -size
      word >>= 1
    }
  }
}
