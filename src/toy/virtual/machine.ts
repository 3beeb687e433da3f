import { DEFAULT_KEY } from '../cloudpets/commands.ts'
import { TOY, type ToyCharacteristic } from '../cloudpets/gatt.ts'
import { ToyState } from '../cloudpets/states.ts'

/**
 * The state of an original CloudPets toy and what it makes the toy do. Pure: time and radio are
 * effects for somebody else to carry out. Faithful to facts/cloudpets-toy.md, holes included; what
 * the facts leave open is decided in the comments.
 */
export type Machine = {
  readonly options: MachineOptions
  state: ToyState
  config: Uint8Array
  led: Uint8Array
  volume: number
  gameMode: boolean
  /** What each slot holds: index 0 is slot 1. */
  readonly slots: (Uint8Array | undefined)[]
  /** What was last played while it arrived (upload index 0). */
  streamed: Uint8Array | undefined
  intake: Intake | undefined
  lastPlayed: number
  /** Bytes of slot 1 that are still to be notified. */
  outgoing: Uint8Array | undefined
}

/** An upload under way. */
export type Intake = {
  readonly index: number
  readonly parts: Uint8Array[]
  received: number
  credit: number
  served: number
}

export type MachineOptions = {
  /** Bytes granted per data request. The real toy's figure is unknown. */
  readonly grant: number
  /** Bytes per sound notification. */
  readonly notification: number
  /** Bytes a slot takes before the toy stops asking: 40 s of sound and the header. */
  readonly capacity: number
  /** What an upload has to name; every toy that is known has the constant of the facts. */
  readonly key: readonly number[]
  /** Longest recording in milliseconds. */
  readonly recordMs: number
  /** End every upload with a failure report. */
  readonly failUploads: boolean
  /** The sound the microphone hears, as the toy would store it: header and frames. */
  readonly microphone: (ms: number) => Uint8Array
}

export type TimerName = 'playback' | 'recording' | 'outgoing'
export type Effect =
  | { do: 'notify'; characteristic: string; bytes: Uint8Array }
  | { do: 'start'; timer: TimerName; ms: number }
  | { do: 'stop'; timer: TimerName }

export const SLOTS = 5
export const DEFAULTS: MachineOptions = {
  grant: 512,
  notification: 16,
  capacity: 80_032,
  key: DEFAULT_KEY,
  recordMs: 40_000,
  failUploads: false,
  microphone: hum,
}

export function newMachine(options: MachineOptions, config: string | undefined): Machine {
  return {
    options,
    state: ToyState.idle,
    config: config === undefined ? new Uint8Array() : new TextEncoder().encode(config),
    led: new Uint8Array(5),
    volume: 128,
    gameMode: false,
    slots: Array.from({ length: SLOTS }, () => undefined),
    streamed: undefined,
    intake: undefined,
    lastPlayed: 2,
    outgoing: undefined,
  }
}

/** Enters `state` and notifies it. */
export function enter(machine: Machine, state: ToyState): Effect {
  machine.state = state
  return notify('state', Uint8Array.of(state))
}

export function notify(name: ToyCharacteristic, bytes: Uint8Array): Effect {
  return { do: 'notify', characteristic: TOY[name], bytes }
}

/** What a read of a characteristic of the toy service returns: empty when it is not readable. */
export function valueOf(machine: Machine, characteristic: string): Uint8Array {
  switch (characteristic) {
    case TOY.state:
      return Uint8Array.of(machine.state)
    case TOY.config:
      return machine.config.slice()
    case TOY.volume:
      return Uint8Array.of(0, machine.volume)
    default:
      return new Uint8Array()
  }
}

/** A frame of the toy's own recordings is taken to be 20 bytes and 20 ms (facts, section 11). */
const RECORDED_FRAME_MS = 20
const RECORDED_FRAME_BYTES = 20

/** A recording for want of a real one: the toy's codec is unknown, so the frames are a pattern. */
function hum(ms: number): Uint8Array {
  const frames = Math.ceil(ms / RECORDED_FRAME_MS)
  const file = new Uint8Array(32 + frames * RECORDED_FRAME_BYTES)
  file.set([0x41, 0x55])
  const header = new DataView(file.buffer)
  header.setUint16(2, 8000, true)
  header.setUint16(6, 1, true)
  header.setUint32(8, frames, true)
  header.setUint32(12, (frames * RECORDED_FRAME_BYTES) / 2, true)
  header.setUint16(26, 16, true)
  header.setUint32(28, 0xffff_ffff, true)
  for (let at = 32; at < file.length; at += 1) file[at] = (at * 31) & 255
  return file
}
