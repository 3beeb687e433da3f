/**
 * The toy's commands as bytes (facts, section 5). There is no function here for `08 02`, which
 * would start the toy's microphone from afar: nobody but the paw does that.
 */

/** Where an upload goes: 0 plays at once, 1..4 are stored and played as slot index + 1. */
export type UploadIndex = 0 | 1 | 2 | 3 | 4
/** What `play` plays: 1 is the child's recording, 2 the incoming message, 3-5 others. */
export type Slot = 1 | 2 | 3 | 4 | 5
/** The heart: blinking has a period in milliseconds (1..65535). */
export type Light = { mode: 'off' } | { mode: 'on' } | { mode: 'blink'; period: number }

const u16 = (value: number): [number, number] => [value & 255, value >> 8]

function whole(value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`expected a whole number from ${least} to ${most}, not ${value}`)
  }
  return value
}

/** The constant that follows the index: a 16-byte key that was never personalised. */
export const DEFAULT_KEY: readonly number[] = Array.from({ length: 16 }, (_, index) => index)

export function startUpload(index: UploadIndex): Uint8Array {
  return Uint8Array.of(0x00, whole(index, 0, 4), ...DEFAULT_KEY)
}

export function endUpload(): Uint8Array {
  return Uint8Array.of(0x01)
}

export function startDownload(): Uint8Array {
  return Uint8Array.of(0x02)
}

export function play(slot: Slot): Uint8Array {
  return Uint8Array.of(0x08, 0x01, whole(slot, 1, 5))
}

/** Stops playback, and also a recording that the paw has started. */
export function stop(): Uint8Array {
  return Uint8Array.of(0x08, 0x01, 0x00)
}

export function gameMode(on: boolean): Uint8Array {
  return Uint8Array.of(0x0b, on ? 1 : 0)
}

/** Plays a clip of `ms` milliseconds `times` times; both 1..65535. */
export function loop(times: number, ms: number): Uint8Array {
  return Uint8Array.of(0x0c, ...u16(whole(times, 1, 65_535)), ...u16(whole(ms, 1, 65_535)))
}

/** The toy knows no "stop looping": the app plays one loop of one millisecond instead. */
export function stopLoop(): Uint8Array {
  return loop(1, 1)
}

/** The value of the led characteristic. The last two bytes are constant, their meaning unknown. */
export function light(led: Light): Uint8Array {
  const mode = { off: 0, on: 1, blink: 2 }[led.mode]
  const period = led.mode === 'blink' ? whole(led.period, 1, 65_535) : 0
  return Uint8Array.of(mode, ...u16(period), 0x64, 0x00)
}

/** The value of the volume characteristic: level 0..255. */
export function volume(level: number): Uint8Array {
  return Uint8Array.of(0x00, whole(level, 0, 255))
}

/** The level in a value read from the volume characteristic. */
export function parseVolume(bytes: Uint8Array): number {
  return bytes[1] ?? 0
}

/** Whether a command would start the toy's microphone. The driver's last gate asks it. */
export function startsMicrophone(command: Uint8Array): boolean {
  return command[0] === 0x08 && command[1] === 0x02
}
