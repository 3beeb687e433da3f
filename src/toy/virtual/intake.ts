import { concatBytes, sameBytes } from '../../protocol/bytes.ts'
import { ToyState } from '../cloudpets/states.ts'
import { type Effect, enter, type Intake, type Machine, notify } from './machine.ts'

/** How the toy takes a clip in (facts, sections 5 and 7). */

const HEADER_BYTES = 32

/** `00 SS 00..0F`: wrong keys lock the toy until it is disconnected. */
export function beginIntake(machine: Machine, command: Uint8Array): Effect[] {
  const index = command[1] ?? 0
  if (!sameBytes(command.subarray(2), Uint8Array.from(machine.options.key))) {
    return [enter(machine, ToyState.locked)]
  }
  if (machine.state !== ToyState.idle || index > 4) return []
  // The flash is erased before it is written, so a broken upload leaves an empty slot (our guess).
  if (index > 0) machine.slots[index] = undefined
  const grant = machine.options.grant
  machine.intake = { index, parts: [], received: 0, credit: grant, served: 0 }
  return [
    enter(machine, ToyState.priming),
    request(grant, 0),
    enter(machine, index === 0 ? ToyState.streaming : ToyState.uploading),
  ]
}

function request(bytes: number, served: number): Effect {
  return notify('dataReq', Uint8Array.of(bytes & 255, bytes >> 8, served & 255, served >> 8))
}

/** A packet of sound. More than was granted overruns the toy's buffer: the upload fails. */
export function takeSound(machine: Machine, bytes: Uint8Array): Effect[] {
  const intake = machine.intake
  if (intake === undefined) return []
  if (bytes.length > intake.credit) return fail(machine)
  intake.parts.push(bytes.slice())
  intake.received += bytes.length
  intake.credit -= bytes.length
  if (intake.credit > 0) return []
  intake.served += 1
  if (intake.received >= machine.options.capacity) return []
  // The toy does not count frames: it asks on until the phone says that this was all (our guess).
  intake.credit = machine.options.grant
  return [request(intake.credit, intake.served)]
}

/** `01`: the clip is kept only when all that its header announces has come. */
export function endIntake(machine: Machine): Effect[] {
  const intake = machine.intake
  if (intake === undefined) return []
  const clip = concatBytes(...intake.parts)
  if (machine.options.failUploads || !isWhole(intake, clip)) return fail(machine)
  if (intake.index === 0) machine.streamed = clip
  else machine.slots[intake.index] = clip
  machine.intake = undefined
  return [request(0, intake.served), enter(machine, ToyState.idle)]
}

function isWhole(intake: Intake, clip: Uint8Array): boolean {
  const headers = intake.index === 0 ? 2 * HEADER_BYTES : HEADER_BYTES
  if (intake.served === 0 || clip.length < headers) return false
  const words = new DataView(clip.buffer, clip.byteOffset).getUint32(12, true)
  return clip.length >= headers + 2 * words
}

function fail(machine: Machine): Effect[] {
  machine.intake = undefined
  return [request(0, 0), enter(machine, ToyState.idle)]
}
