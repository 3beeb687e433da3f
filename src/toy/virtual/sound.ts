import { ToyState } from '../cloudpets/states.ts'
import { type Effect, enter, type Machine, notify } from './machine.ts'

/** How the toy plays, records and hands its recording over (facts, sections 4, 5 and 8). */

const FRAME_MS = 20
/** Time between two sound notifications. */
const OUTGOING_MS = 5

/** Length in milliseconds of what a slot holds, from the frame count of its header. */
export function lengthOf(clip: Uint8Array): number {
  if (clip.length < 32) return 0
  return new DataView(clip.buffer, clip.byteOffset).getUint16(8, true) * FRAME_MS
}

/** Plays `slot` (1..5); an empty slot stays silent. */
export function startPlaying(machine: Machine, slot: number): Effect[] {
  const clip = machine.slots[slot - 1]
  const quiet = machine.state === ToyState.idle || machine.state === ToyState.playing
  if (clip === undefined || !quiet) return []
  machine.lastPlayed = slot
  const start: Effect = { do: 'start', timer: 'playback', ms: lengthOf(clip) }
  return [enter(machine, ToyState.playing), start]
}

/** `0C`: `times` times `ms` milliseconds of the last clip. One millisecond ends what is playing. */
export function loopPlaying(machine: Machine, times: number, ms: number): Effect[] {
  const start: Effect = { do: 'start', timer: 'playback', ms: times * ms }
  if (machine.state === ToyState.playing) return [start]
  if (times * ms <= 1) return []
  const begun = startPlaying(machine, machine.lastPlayed)
  return begun.length === 0 ? [] : [...begun, start]
}

/** `08 01 00`: ends playback or recording. */
export function stopSound(machine: Machine, recordedMs: number): Effect[] {
  if (machine.state === ToyState.recording) return endRecording(machine, recordedMs)
  if (machine.state !== ToyState.playing) return []
  return [{ do: 'stop', timer: 'playback' }, enter(machine, ToyState.idle)]
}

/**
 * `08 02` or the paw. The light is not touched: that a stranger's recording cannot be seen is the
 * toy's own fault (X13).
 */
export function startRecording(machine: Machine): Effect[] {
  if (machine.state !== ToyState.idle) return []
  const start: Effect = { do: 'start', timer: 'recording', ms: machine.options.recordMs }
  return [enter(machine, ToyState.recording), start]
}

export function endRecording(machine: Machine, recordedMs: number): Effect[] {
  if (machine.state !== ToyState.recording) return []
  const ms = Math.min(recordedMs, machine.options.recordMs)
  machine.slots[0] = machine.options.microphone(ms)
  return [{ do: 'stop', timer: 'recording' }, enter(machine, ToyState.idle)]
}

/** `02`: hands slot 1 over in notifications. An empty slot gives none. */
export function startOutgoing(machine: Machine): Effect[] {
  if (machine.state !== ToyState.idle) return []
  machine.outgoing = machine.slots[0] ?? new Uint8Array()
  return [enter(machine, ToyState.downloading), { do: 'start', timer: 'outgoing', ms: OUTGOING_MS }]
}

export function continueOutgoing(machine: Machine): Effect[] {
  const rest = machine.outgoing
  if (rest === undefined) return []
  if (rest.length === 0) {
    machine.outgoing = undefined
    return [enter(machine, ToyState.idle)]
  }
  const size = machine.options.notification
  machine.outgoing = rest.subarray(size)
  const next: Effect = { do: 'start', timer: 'outgoing', ms: OUTGOING_MS }
  return [notify('audioRecv', rest.slice(0, size)), next]
}
