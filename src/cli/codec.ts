import { readFile, writeFile } from 'node:fs/promises'
import { readWavAt, writeWav } from '../client/sound/wav.ts'
import { decodeClip, encodeClip } from '../toy/g7221/clip.ts'
import { SAMPLE_RATE } from '../toy/g7221/format.ts'
import { UsageError } from '../protocol/usage.ts'

const USAGE = 'pawpost codec g7221 encode IN.wav OUT.au | decode IN.au OUT.wav'

const VERBS: Record<string, (file: Uint8Array) => Uint8Array> = {
  encode: (wav) => encodeClip(readWavAt(wav, SAMPLE_RATE)),
  decode: (au) => writeWav(decodeClip(au), SAMPLE_RATE),
}

/**
 * `pawpost codec g7221 ...`: converts between WAV files and the sound files of the original toy.
 * Throws a {@link UsageError}, or a PawpostError of the codec or of the WAV reader.
 */
export async function codec(args: string[]): Promise<void> {
  const [name, verb = '', input, output, ...more] = args
  const convert = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
  if (name !== 'g7221' || !convert || !input || !output || more.length > 0) {
    throw new UsageError(USAGE)
  }
  await writeFile(output, convert(await readFile(input)))
}
