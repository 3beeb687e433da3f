import { BLOCK } from './format.ts'

/**
 * DCT-IV of 320 values by a complex Fourier transform of 160 values:
 * X[k] = sqrt(2/320) * SUM u[n] * cos(pi/320 * (n + 1/2) * (k + 1/2)). It is its own inverse.
 */
const POINTS = BLOCK / 2
/** 5 * 4 * 4 * 2 = 160; the number of terms per value is their sum. */
const RADICES = [5, 4, 4, 2] as const

type Stage = {
  readonly radix: number
  /** Sub-transforms still to be done after this stage have this length. */
  readonly rest: number
  readonly stride: number
  /** Complex factors [p][k][j] = exp(-2 pi i * k * (p + rest * j) / length), real part first. */
  readonly factors: Float64Array
}

const SCALE = Math.sqrt(2 / BLOCK)
const STAGES = stages()
const TWIST = twist()
let work = new Float64Array(2 * POINTS)
let spare = new Float64Array(2 * POINTS)

/** Transforms `input` (320 values) into `output` (320 values; may be the same array). */
export function dct4(input: Float64Array, output: Float64Array): void {
  for (let n = 0; n < POINTS; n++) {
    const re = input[2 * n] ?? 0
    const im = input[BLOCK - 1 - 2 * n] ?? 0
    const c = TWIST[2 * n] ?? 0
    const s = TWIST[2 * n + 1] ?? 0
    work[2 * n] = re * c - im * s
    work[2 * n + 1] = re * s + im * c
  }
  fourier()
  for (let k = 0; k < POINTS; k++) {
    const re = work[2 * k] ?? 0
    const im = work[2 * k + 1] ?? 0
    const c = (TWIST[2 * k] ?? 0) * SCALE
    const s = (TWIST[2 * k + 1] ?? 0) * SCALE
    output[2 * k] = re * c - im * s
    output[BLOCK - 1 - 2 * k] = -(re * s + im * c)
  }
}

/** Transforms `work` in natural order (Stockham's ordering: no bit reversal). */
function fourier(): void {
  for (const stage of STAGES) {
    for (let p = 0; p < stage.rest; p++) butterflies(stage, p)
    const done = spare
    spare = work
    work = done
  }
}

/** spare[q + stride * (radix * p + k)] = SUM over j of work[q + stride * (p + rest * j)] * factor. */
function butterflies(stage: Stage, p: number): void {
  const { radix, rest, stride, factors } = stage
  const source = work
  const target = spare
  for (let k = 0; k < radix; k++) {
    const row = 2 * radix * (radix * p + k)
    const to = 2 * stride * (radix * p + k)
    for (let q = 0; q < 2 * stride; q += 2) {
      let re = 0
      let im = 0
      for (let j = 0; j < radix; j++) {
        const from = q + 2 * stride * (p + rest * j)
        const c = factors[row + 2 * j] ?? 0
        const s = factors[row + 2 * j + 1] ?? 0
        const a = source[from] ?? 0
        const b = source[from + 1] ?? 0
        re += a * c - b * s
        im += a * s + b * c
      }
      target[to + q] = re
      target[to + q + 1] = im
    }
  }
}

function stages(): readonly Stage[] {
  let stride = 1
  return RADICES.map((radix) => {
    const rest = POINTS / stride / radix
    const stage = { radix, rest, stride, factors: factorsOf(radix, rest) }
    stride *= radix
    return stage
  })
}

function factorsOf(radix: number, rest: number): Float64Array {
  const length = radix * rest
  const factors = new Float64Array(2 * length * radix)
  for (let i = 0; i < length * radix; i++) {
    const j = i % radix
    const k = Math.floor(i / radix) % radix
    const p = Math.floor(i / (radix * radix))
    const angle = (-2 * Math.PI * ((k * (p + rest * j)) % length)) / length
    factors[2 * i] = Math.cos(angle)
    factors[2 * i + 1] = Math.sin(angle)
  }
  return factors
}

/** exp(-i * pi * (8 m + 1) / (8 * 320)), real part first. */
function twist(): Float64Array {
  const factors = new Float64Array(2 * POINTS)
  for (let m = 0; m < POINTS; m++) {
    const angle = (-Math.PI * (8 * m + 1)) / (8 * BLOCK)
    factors[2 * m] = Math.cos(angle)
    factors[2 * m + 1] = Math.sin(angle)
  }
  return factors
}
