import { ascii } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { GRANULE_RATE, packetSamples, readOggOpus, writeOggOpus } from './ogg.ts'

/** Seconds of sound, at most: five minutes between people, and what their parts have more. */
const MOST_SECONDS = 330

/**
 * What may be given to a decoder, which takes whatever it knows, as a whole, into memory: 250 KiB of a
 * message can hold hours of silence, or a file of another kind. The recording is written anew out of
 * what was counted, so that nothing behind it is played. A WAV file is as long as it is large. Throws
 * `sound-unreadable`, `sound-empty` and `sound-too-long`.
 */
export function decodable(sound: Uint8Array): Uint8Array<ArrayBuffer> {
  if (ascii('RIFF').every((letter, index) => sound[index] === letter)) return Uint8Array.from(sound)
  const recording = readOggOpus(sound)
  const samples = recording.packets.reduce((sum, packet) => sum + packetSamples(packet), 0)
  if (samples > MOST_SECONDS * GRANULE_RATE) throw new PawpostError('sound-too-long')
  return writeOggOpus(recording)
}
