import { dct4 } from './dct.ts'
import { BLOCK } from './format.ts'

/**
 * The lapped transform: 640 samples under a sine window, folded to 320 values, then a DCT-IV. It is
 * orthonormal, so coefficients have the energy scale of the samples (16-bit units).
 */
const HALF = BLOCK / 2
const WINDOW = Float64Array.from({ length: 2 * BLOCK }, (_, n) =>
  Math.sin((Math.PI * (n + 0.5)) / (2 * BLOCK)),
)
const folded = new Float64Array(BLOCK)

/** Length of what the synthesis keeps from frame to frame (zeros at the start of a clip). */
export const MEMORY = HALF

/** From the previous and the present block (320 samples each) to 320 coefficients, 25 Hz apart. */
export function analyse(
  previous: ArrayLike<number>,
  present: ArrayLike<number>,
  coefficients: Float64Array,
): void {
  for (let i = 0; i < HALF; i++) {
    folded[i] =
      (WINDOW[HALF - 1 - i] ?? 0) * (previous[HALF - 1 - i] ?? 0) +
      (WINDOW[HALF + i] ?? 0) * (previous[HALF + i] ?? 0)
    folded[HALF + i] =
      (WINDOW[BLOCK - 1 - i] ?? 0) * (present[i] ?? 0) -
      (WINDOW[i] ?? 0) * (present[BLOCK - 1 - i] ?? 0)
  }
  dct4(folded, coefficients)
}

/** The inverse: `samples` receives the block before the one that was analysed last. */
export function synthesise(
  coefficients: Float64Array,
  memory: Float64Array,
  samples: Float64Array,
): void {
  dct4(coefficients, folded)
  for (let i = 0; i < HALF; i++) {
    samples[i] =
      (WINDOW[i] ?? 0) * (folded[HALF - 1 - i] ?? 0) +
      (WINDOW[BLOCK - 1 - i] ?? 0) * (memory[i] ?? 0)
    samples[HALF + i] =
      (WINDOW[HALF + i] ?? 0) * (folded[i] ?? 0) -
      (WINDOW[HALF - 1 - i] ?? 0) * (memory[HALF - 1 - i] ?? 0)
  }
  for (let i = 0; i < HALF; i++) memory[i] = folded[HALF + i] ?? 0
}
