import { TOY } from '../cloudpets/gatt.ts'
import { ToyState } from '../cloudpets/states.ts'
import { beginIntake, endIntake, takeSound } from './intake.ts'
import { type Effect, enter, type Machine, type TimerName } from './machine.ts'
import {
  continueOutgoing,
  endRecording,
  loopPlaying,
  startOutgoing,
  startPlaying,
  startRecording,
  stopSound,
} from './sound.ts'

/** Everything that can happen to a toy. `recordedMs` is how long a recording has been running. */
export type ToyEvent =
  | { on: 'write'; characteristic: string; bytes: Uint8Array; recordedMs: number }
  | { on: 'paw'; paw: Paw; recordedMs: number }
  | { on: 'timer'; timer: TimerName }
  | { on: 'disconnect' }

/** The right paw plays, the left one records. */
export type Paw = 'play' | 'record'

/** What the toy does about `event`. Commands it does not know, or not in this state, do nothing. */
export function happen(machine: Machine, event: ToyEvent): Effect[] {
  switch (event.on) {
    case 'write':
      return written(machine, event.characteristic, event.bytes, event.recordedMs)
    case 'paw':
      return pressed(machine, event.paw, event.recordedMs)
    case 'timer':
      return elapsed(machine, event.timer)
    default:
      return disconnected(machine)
  }
}

function written(
  machine: Machine,
  characteristic: string,
  bytes: Uint8Array,
  recordedMs: number,
): Effect[] {
  switch (characteristic) {
    case TOY.cmd:
      return commanded(machine, bytes, recordedMs)
    case TOY.audioSend:
      return takeSound(machine, bytes)
    case TOY.config:
      // Anybody in reach may rename the toy (X15).
      machine.config = bytes.slice()
      return []
    case TOY.led:
      machine.led = bytes.slice()
      return []
    case TOY.volume:
      machine.volume = bytes[1] ?? machine.volume
      return []
    default:
      return []
  }
}

function commanded(machine: Machine, bytes: Uint8Array, recordedMs: number): Effect[] {
  const word = (at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
  switch (bytes[0]) {
    case 0x00:
      return beginIntake(machine, bytes)
    case 0x01:
      return endIntake(machine)
    case 0x02:
      return startOutgoing(machine)
    case 0x08:
      return sounded(machine, bytes, recordedMs)
    case 0x0b:
      machine.gameMode = bytes[1] === 1
      return []
    case 0x0c:
      return loopPlaying(machine, word(1), word(3))
    default:
      return []
  }
}

function sounded(machine: Machine, bytes: Uint8Array, recordedMs: number): Effect[] {
  if (bytes[1] === 2) return startRecording(machine)
  if (bytes[1] !== 1) return []
  const slot = bytes[2] ?? 0
  return slot === 0 ? stopSound(machine, recordedMs) : startPlaying(machine, slot)
}

function pressed(machine: Machine, paw: Paw, recordedMs: number): Effect[] {
  if (machine.gameMode && machine.state === ToyState.idle) {
    const state = paw === 'play' ? ToyState.playPaw : ToyState.recordPaw
    return [enter(machine, state), enter(machine, ToyState.idle)]
  }
  if (paw === 'play') return playPressed(machine)
  if (machine.state === ToyState.recording) return endRecording(machine, recordedMs)
  return startRecording(machine)
}

/** The paw plays the message and, as it is then no longer waiting, ends the blinking (our guess). */
function playPressed(machine: Machine): Effect[] {
  if (machine.state === ToyState.playing) return stopSound(machine, 0)
  const effects = startPlaying(machine, 2)
  if (effects.length > 0 && machine.led[0] === 2) machine.led = new Uint8Array(5)
  return effects
}

function elapsed(machine: Machine, timer: TimerName): Effect[] {
  switch (timer) {
    case 'playback':
      return machine.state === ToyState.playing ? [enter(machine, ToyState.idle)] : []
    case 'recording':
      return endRecording(machine, machine.options.recordMs)
    default:
      return continueOutgoing(machine)
  }
}

/** Transfers end with the connection; playback and recording go on, whoever has started them. */
function disconnected(machine: Machine): Effect[] {
  machine.intake = undefined
  machine.outgoing = undefined
  const keeps: readonly ToyState[] = [ToyState.playing, ToyState.recording]
  if (!keeps.includes(machine.state)) machine.state = ToyState.idle
  return [{ do: 'stop', timer: 'outgoing' }]
}
