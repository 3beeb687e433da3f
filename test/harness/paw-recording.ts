import { ADPCMS, type Adpcm, type AdpcmState } from '../../src/toy/cloudpets/paw-sound/adpcm.ts'

/** What an original toy would hand over if it wrote sound in one of the ways: a header and codes. */
export function recordedAs(way: Adpcm, samples: Int16Array): Uint8Array {
  const inByte = 8 / way.bits
  const file = new Uint8Array(32 + Math.ceil(samples.length / inByte))
  file.set([0x41, 0x55])
  let state = way.start
  samples.forEach((sample, at) => {
    const best = nearest(way, state, sample)
    state = best.state
    const place = at % inByte
    const shift = way.bits * (way.first === 'low' ? place : inByte - 1 - place)
    const byte = 32 + Math.floor(at / inByte)
    file[byte] = (file[byte] ?? 0) | (best.code << shift)
  })
  return file
}

/** One of the ways, by its name. */
export function wayNamed(name: string): Adpcm {
  const found = ADPCMS.find((way) => way.name === name)
  if (!found) throw new Error(`no way is called ${name}`)
  return found
}

/** 8,000 samples a second out of 16,000. */
export function halved(samples: Int16Array): Int16Array {
  const pair = (at: number): number => ((samples[2 * at] ?? 0) + (samples[2 * at + 1] ?? 0)) / 2
  return Int16Array.from({ length: samples.length >> 1 }, (_, at) => pair(at))
}

type Coded = { readonly code: number; readonly state: AdpcmState }

/** The code after which the decoder is nearest to a sample. */
function nearest(way: Adpcm, before: AdpcmState, sample: number): Coded {
  const codes = Array.from({ length: 1 << way.bits }, (_, code): Coded => {
    return { code, state: way.next(before, code) }
  })
  const away = ({ state }: Coded): number => Math.abs(state.sample - sample)
  return codes.reduce((best, one) => (away(one) < away(best) ? one : best))
}
