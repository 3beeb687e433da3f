/**
 * Ways in which a cheap voice processor may have written sound: differences from what was expected,
 * with a step that grows and shrinks. Nobody outside the toy's maker knows which one it is (facts,
 * section 11), so each is a table entry and nothing depends on any.
 */
export type Adpcm = {
  readonly name: string
  /** Bits of one code: 2 or 4. */
  readonly bits: 2 | 4
  /** Which code of a byte comes first: that of its low bits, or of its high ones. */
  readonly first: 'low' | 'high'
  readonly start: AdpcmState
  readonly next: (state: AdpcmState, code: number) => AdpcmState
}

/** The sample that came last, the one before it, and what says how large the next step is. */
export type AdpcmState = {
  readonly sample: number
  readonly before: number
  readonly step: number
}

const IMA_STEPS: readonly number[] = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73,
  80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494,
  544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499,
  2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487,
  12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
]
const IMA_CHANGES = { 2: [-1, 2], 4: [-1, -1, -1, -1, 2, 4, 6, 8] } as const
const MS_FACTORS: readonly number[] = [
  230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230,
]
const LEAST_STEP = 16

/** IMA (DVI): a sign and a magnitude; `step` is a place in the table of steps. */
function ima(bits: 2 | 4): Adpcm['next'] {
  const sign = 1 << (bits - 1)
  return ({ sample, step }, code) => {
    const magnitude = code & (sign - 1)
    const change = imaChange(IMA_STEPS[step] ?? 0, magnitude, bits)
    const place = step + (IMA_CHANGES[bits][magnitude] ?? 0)
    return {
      sample: clamp(code & sign ? sample - change : sample + change),
      before: sample,
      step: Math.max(0, Math.min(IMA_STEPS.length - 1, place)),
    }
  }
}

/** A step, its half and its quarter, as far as the magnitude's bits name them; half of the last one more. */
function imaChange(step: number, magnitude: number, bits: number): number {
  let change = step >> (bits - 1)
  for (let bit = 0; bit < bits - 1; bit += 1) {
    if (magnitude & (1 << (bits - 2 - bit))) change += step >> bit
  }
  return change
}

/** Microsoft: a number with a sign, times a step, on what the last two samples let expect. */
function microsoft(last: number, before: number): Adpcm['next'] {
  return (state, code) => {
    const expected = (state.sample * last + state.before * before) >> 8
    const number = code & 8 ? code - 16 : code
    const step = Math.max(LEAST_STEP, (state.step * (MS_FACTORS[code] ?? 0)) >> 8)
    return { sample: clamp(expected + number * state.step), before: state.sample, step }
  }
}

function clamp(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, sample))
}

const IMA_START = { sample: 0, before: 0, step: 0 }
const MS_START = { sample: 0, before: 0, step: LEAST_STEP }

/** The likeliest first: the maker's own program calls its decoder after Microsoft's. */
export const ADPCMS: readonly Adpcm[] = [
  { name: 'ms-4', bits: 4, first: 'high', start: MS_START, next: microsoft(256, 0) },
  { name: 'ms-4-slope', bits: 4, first: 'high', start: MS_START, next: microsoft(512, -256) },
  { name: 'ima-4', bits: 4, first: 'low', start: IMA_START, next: ima(4) },
  { name: 'ima-4-swapped', bits: 4, first: 'high', start: IMA_START, next: ima(4) },
  { name: 'ima-2', bits: 2, first: 'low', start: IMA_START, next: ima(2) },
  { name: 'ima-2-swapped', bits: 2, first: 'high', start: IMA_START, next: ima(2) },
]

/** All samples that `bytes` are in one of these ways. */
export function decodeAdpcm({ bits, first, start, next }: Adpcm, bytes: Uint8Array): Int16Array {
  const inByte = 8 / bits
  const samples = new Int16Array(bytes.length * inByte)
  let state = start
  for (let at = 0; at < samples.length; at += 1) {
    const place = at % inByte
    const shift = bits * (first === 'low' ? place : inByte - 1 - place)
    const code = ((bytes[Math.floor(at / inByte)] ?? 0) >> shift) & ((1 << bits) - 1)
    state = next(state, code)
    samples[at] = state.sample
  }
  return samples
}
