import { decodable } from '../../client/sound/decodable.ts'
import { fromPcm16, toPcm16 } from '../../client/sound/pcm.ts'
import { writeWav } from '../../client/sound/wav.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { MAX_SAMPLES } from '../../toy/g7221/clip.ts'
import { levelled } from './samples.ts'

const TOY_RATE = 16_000
const PLAY_RATE = 24_000

/** Samples of an Ogg Opus or WAV file at `rate`, mono. Throws as {@link decodable} does. */
async function decode(sound: Uint8Array, rate: number): Promise<Float32Array> {
  const file = decodable(sound)
  const context = new OfflineAudioContext(1, 1, rate)
  try {
    const buffer = await context.decodeAudioData(file.buffer)
    return buffer.getChannelData(0)
  } catch (cause) {
    throw new PawpostError('sound-unreadable', 'decoder', { cause })
  }
}

/** A file that the browser's own player takes everywhere: it plays no Ogg in some. */
export async function playable(sound: Uint8Array): Promise<Blob> {
  return (await decoded(sound)).file
}

/** The same with its samples, for the picture of it. */
export async function decoded(
  sound: Uint8Array,
): Promise<{ readonly file: Blob; readonly samples: Float32Array }> {
  const samples = await decode(sound, PLAY_RATE)
  const file = new Blob([writeWav(toPcm16(samples), PLAY_RATE)], { type: 'audio/wav' })
  return { file, samples }
}

/** What the toy's codec takes: 16-bit, 16,000 per second, levelled, no longer than a slot holds. */
export async function forToy({ sound }: { sound: Uint8Array }): Promise<Int16Array> {
  const samples = await decode(sound, TOY_RATE)
  return toPcm16(levelled(samples)).subarray(0, MAX_SAMPLES)
}

/** The samples alone. */
export function samplesOf(sound: Uint8Array): Promise<Float32Array> {
  return decode(sound, TOY_RATE)
}

/** Samples at another rate: by the browser's own resampler, beside the page and not on it. */
export async function resampled(
  samples: Int16Array,
  from: number,
  to: number,
): Promise<Float32Array> {
  if (from === to || samples.length === 0) return fromPcm16(samples)
  return decode(writeWav(samples, from), to)
}
