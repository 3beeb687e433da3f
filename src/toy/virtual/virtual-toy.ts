import { PawpostError } from '../../protocol/errors.ts'
import { type Clock, realClock, sleep } from '../clock.ts'
import { TOY } from '../cloudpets/gatt.ts'
import { ToyState } from '../cloudpets/states.ts'
import type { ToyLink } from '../link.ts'
import { happen, type Paw, type ToyEvent } from './events.ts'
import { allows, DEVICE_NAME } from './gatt.ts'
import {
  DEFAULTS,
  type Effect,
  type Machine,
  type MachineOptions,
  newMachine,
  valueOf,
} from './machine.ts'
import { type Fault, type Notification, unreliable } from './unreliable.ts'

/** What a test or a developer may change about the toy and the air between. */
export type ToyKnobs = Partial<MachineOptions> & {
  name?: string
  /** The config string; null for a toy that was never set up. */
  config?: string | null
  /** Milliseconds that each read, write and notification takes. */
  latency?: number
  faults?: readonly Fault[]
  /** The connection breaks when this many bytes of sound have come in an upload. */
  disconnectAtByte?: number
  clock?: Clock
}

/** One write to the toy, as it was received. */
export type WriteRecord = { characteristic: string; bytes: Uint8Array; response: boolean }

/** What the toy sends out while nobody is connected (facts, section 2). */
export type Advert = { name: string; companyId: 0xffff; manufacturerData: Uint8Array | undefined }

/** The one connection the toy serves: its GATT operations. */
export type Connection = Omit<ToyLink, 'name' | 'connect' | 'close'> & {
  unsubscribe(characteristic: string): void
  disconnect(): void
}

/** What can be seen of the toy. Slots hold what came over the air, filler included. */
export type ToyView = {
  name: string
  state: ToyState
  connected: boolean
  config: string
  light: { mode: 'off' | 'on' | 'blink'; period: number }
  volume: number
  gameMode: boolean
  slots: readonly (Uint8Array | undefined)[]
  streamed: Uint8Array | undefined
}

/** A CloudPets toy without the plush. */
export interface VirtualToy {
  /** Undefined while a phone is connected: the toy is then silent to all others. */
  advert(): Advert | undefined
  /** Connects, or throws `toy-busy` when somebody else has. Nothing is asked of the central. */
  connect(): Connection
  press(paw: Paw): void
  view(): ToyView
  /** Every write since the toy was made. */
  readonly log: readonly WriteRecord[]
  /** Calls `listener` whenever something may have changed. */
  onChange(listener: () => void): () => void
  /** Breaks the connection, as walking away does. */
  drop(): void
  close(): void
}

type Toy = {
  readonly knobs: ToyKnobs
  readonly clock: Clock
  readonly machine: Machine
  readonly log: WriteRecord[]
  readonly changed: Set<() => void>
  /** Cancels the timer of that name. */
  readonly timers: Map<string, () => void>
  recordingSince: number
  live: Live | undefined
  air: (notification: Notification) => void
}

type Live = {
  readonly listeners: Map<string, (bytes: Uint8Array) => void>
  readonly onEnd: Set<() => void>
  soundBytes: number
}

const NAME = 'CloudPets B 1.0.19'
const CONFIG = '0411_01_19_09_38'
/** What one packet of Bluetooth 4.0 carries. */
const MOST_BYTES = 20

export function createVirtualToy(knobs: ToyKnobs = {}): VirtualToy {
  const config = knobs.config === null ? undefined : (knobs.config ?? CONFIG)
  const toy: Toy = {
    knobs,
    clock: knobs.clock ?? realClock,
    machine: newMachine({ ...DEFAULTS, ...knobs }, config),
    log: [],
    changed: new Set(),
    timers: new Map(),
    recordingSince: 0,
    live: undefined,
    air: () => undefined,
  }
  toy.air = unreliable(knobs.faults ?? [], (notification) => deliver(toy, notification))
  return {
    advert: () => (toy.live === undefined ? advertOf(toy) : undefined),
    connect: () => connect(toy),
    press: (paw) => react(toy, { on: 'paw', paw, recordedMs: recorded(toy) }),
    view: () => viewOf(toy),
    log: toy.log,
    onChange(listener) {
      toy.changed.add(listener)
      return () => toy.changed.delete(listener)
    },
    drop: () => end(toy, toy.live),
    close() {
      end(toy, toy.live)
      for (const cancel of toy.timers.values()) cancel()
    },
  }
}

function advertOf(toy: Toy): Advert {
  const { config } = toy.machine
  const manufacturerData = config.length === 0 ? undefined : config
  return { name: toy.knobs.name ?? NAME, companyId: 0xffff, manufacturerData }
}

function viewOf(toy: Toy): ToyView {
  const { state, volume, gameMode, slots, streamed, config, led } = toy.machine
  const mode = led[0] === 2 ? 'blink' : led[0] === 1 ? 'on' : 'off'
  return {
    name: toy.knobs.name ?? NAME,
    connected: toy.live !== undefined,
    light: { mode, period: (led[1] ?? 0) | ((led[2] ?? 0) << 8) },
    config: new TextDecoder().decode(config),
    state,
    volume,
    gameMode,
    slots: [...slots],
    streamed,
  }
}

function connect(toy: Toy): Connection {
  if (toy.live !== undefined) throw new PawpostError('toy-busy', 'connected-elsewhere')
  const live: Live = { listeners: new Map(), onEnd: new Set(), soundBytes: 0 }
  toy.live = live
  tellChanged(toy)
  return {
    read: async (characteristic) => {
      await arrive(toy, live)
      return readValue(toy, characteristic)
    },
    write: async (characteristic, bytes, mode) => {
      await arrive(toy, live)
      const response = mode === 'with-response'
      permit(characteristic, response ? 'write' : 'write-without-response')
      if (bytes.length > MOST_BYTES) throw new PawpostError('toy-failed', 'too-long')
      receive(toy, live, { characteristic, bytes: bytes.slice(), response })
    },
    subscribe: async (characteristic, listener) => {
      await arrive(toy, live)
      permit(characteristic, 'notify')
      live.listeners.set(characteristic, listener)
    },
    unsubscribe: (characteristic) => void live.listeners.delete(characteristic),
    onDisconnect: (listener) => void live.onEnd.add(listener),
    disconnect: () => end(toy, live),
  }
}

/** The way of a request through the air; it does not arrive at a toy that has gone. */
async function arrive(toy: Toy, live: Live): Promise<void> {
  if (toy.knobs.latency !== undefined) await sleep(toy.clock, toy.knobs.latency)
  if (toy.live !== live) throw new PawpostError('toy-gone')
}

function permit(characteristic: string, flag: Parameters<typeof allows>[1]): void {
  if (!allows(characteristic, flag)) throw new PawpostError('toy-failed', `no-${flag}`)
}

function readValue(toy: Toy, characteristic: string): Uint8Array {
  permit(characteristic, 'read')
  const name = new TextEncoder().encode(toy.knobs.name ?? NAME)
  return characteristic === DEVICE_NAME ? name : valueOf(toy.machine, characteristic)
}

function receive(toy: Toy, live: Live, record: WriteRecord): void {
  const limit = toy.knobs.disconnectAtByte
  const sound = record.characteristic === TOY.audioSend
  const breaks = sound && limit !== undefined && live.soundBytes + record.bytes.length >= limit
  const bytes = breaks ? record.bytes.subarray(0, limit - live.soundBytes) : record.bytes
  toy.log.push({ ...record, bytes })
  if (sound) live.soundBytes += bytes.length
  react(toy, { on: 'write', ...record, bytes, recordedMs: recorded(toy) })
  if (!breaks) return
  end(toy, live)
  throw new PawpostError('toy-gone')
}

function recorded(toy: Toy): number {
  return toy.clock.now() - toy.recordingSince
}

function react(toy: Toy, event: ToyEvent): void {
  const was = toy.machine.state
  const effects = happen(toy.machine, event)
  const begins = was !== ToyState.recording && toy.machine.state === ToyState.recording
  if (begins) toy.recordingSince = toy.clock.now()
  for (const effect of effects) carryOut(toy, effect)
  tellChanged(toy)
}

function carryOut(toy: Toy, effect: Effect): void {
  if (effect.do === 'notify') return toy.air(effect)
  toy.timers.get(effect.timer)?.()
  toy.timers.delete(effect.timer)
  if (effect.do === 'stop') return
  const elapsed = (): void => react(toy, { on: 'timer', timer: effect.timer })
  toy.timers.set(effect.timer, toy.clock.after(effect.ms, elapsed))
}

function deliver(toy: Toy, { characteristic, bytes }: Notification): void {
  const { live } = toy
  const listener = live?.listeners.get(characteristic)
  if (listener === undefined) return
  const arrived = (): void => {
    if (toy.live === live) listener(bytes.slice())
  }
  if (toy.knobs.latency === undefined) queueMicrotask(arrived)
  else void sleep(toy.clock, toy.knobs.latency).then(arrived)
}

function end(toy: Toy, live: Live | undefined): void {
  if (live === undefined || toy.live !== live) return
  toy.live = undefined
  react(toy, { on: 'disconnect' })
  for (const listener of live.onEnd) listener()
}

function tellChanged(toy: Toy): void {
  for (const listener of toy.changed) listener()
}
