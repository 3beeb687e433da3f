import { type ErrorCode, PawpostError } from '../protocol/errors.ts'
import { realClock, within } from './clock.ts'
import type { ToyLink, WriteMode } from './link.ts'

/** How a kind of toy is found and what it offers. */
export type Radio = { namePrefixes: readonly string[]; service: string }

const CONNECT_MS = 10_000

type Phase = 'choose' | 'connect' | 'use'

/**
 * Lets the person choose a toy in the browser's own dialogue; must be called from a click. Rejects
 * with `bluetooth-missing`, `bluetooth-off`, or `toy-missing` when nothing was chosen.
 */
export async function chooseToy(
  radio: Radio,
  bluetooth: Bluetooth | undefined = globalThis.navigator.bluetooth,
): Promise<ToyLink> {
  if (bluetooth === undefined) throw new PawpostError('bluetooth-missing')
  const device = await mapped(
    'choose',
    bluetooth.requestDevice({
      filters: radio.namePrefixes.map((namePrefix) => ({ namePrefix })),
      optionalServices: [radio.service],
    }),
  )
  return webBluetoothLink(device, radio.service)
}

type Characteristics = Map<string, BluetoothRemoteGATTCharacteristic>

/** The link to a device that the browser has given us. */
export function webBluetoothLink(device: BluetoothDevice, service: string): ToyLink {
  const found: Characteristics = new Map()
  const get = (uuid: string): BluetoothRemoteGATTCharacteristic => {
    const characteristic = found.get(uuid)
    if (characteristic === undefined) throw new PawpostError('toy-failed', 'no-characteristic')
    return characteristic
  }
  return {
    name: device.name ?? '',
    connect: (signal) => connect(device, service, found, signal),
    read: async (uuid) => bytesOf(await mapped('use', get(uuid).readValue())),
    write: (uuid, bytes, mode) => mapped('use', write(get(uuid), bytes, mode)),
    subscribe: (uuid, listener) => mapped('use', subscribe(get(uuid), listener)),
    onDisconnect: (listener) =>
      device.addEventListener('gattserverdisconnected', listener, { once: true }),
    close: async () => device.gatt?.disconnect(),
  }
}

async function connect(
  device: BluetoothDevice,
  service: string,
  found: Characteristics,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted()
  const work = mapped('connect', discover(device, service, found))
  try {
    await within(realClock, work, { ms: CONNECT_MS, reason: 'connect', signals: [signal] })
  } catch (error) {
    device.gatt?.disconnect()
    throw error
  }
}

async function discover(device: BluetoothDevice, service: string, found: Characteristics) {
  const server = await device.gatt?.connect()
  const toy = await server?.getPrimaryService(service)
  for (const characteristic of (await toy?.getCharacteristics()) ?? []) {
    found.set(characteristic.uuid, characteristic)
  }
}

function write(
  characteristic: BluetoothRemoteGATTCharacteristic,
  bytes: Uint8Array,
  mode: WriteMode,
): Promise<void> {
  const value = Uint8Array.from(bytes)
  return mode === 'with-response'
    ? characteristic.writeValueWithResponse(value)
    : characteristic.writeValueWithoutResponse(value)
}

async function subscribe(
  characteristic: BluetoothRemoteGATTCharacteristic,
  listener: (bytes: Uint8Array) => void,
): Promise<void> {
  characteristic.addEventListener('characteristicvaluechanged', () => {
    if (characteristic.value !== undefined) listener(bytesOf(characteristic.value))
  })
  await characteristic.startNotifications()
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()
}

async function mapped<T>(phase: Phase, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw radioError(error, phase)
  }
}

/**
 * The one place where the browser's exceptions become ours. The names are those of the Web Bluetooth
 * specification; which of two causes stands behind one name, only the text tells.
 */
export function radioError(error: unknown, phase: Phase): unknown {
  if (!(error instanceof DOMException)) return error
  const as = (code: ErrorCode): PawpostError => new PawpostError(code, error.name, { cause: error })
  switch (error.name) {
    case 'NotFoundError':
      if (phase !== 'choose') return as('toy-failed')
      return as(/adapter/i.test(error.message) ? 'bluetooth-off' : 'toy-missing')
    case 'NetworkError':
      if (phase === 'connect') return as('toy-busy')
      return as(/in progress/i.test(error.message) ? 'toy-busy' : 'toy-gone')
    case 'InvalidStateError':
    case 'AbortError':
      return as('toy-gone')
    case 'SecurityError':
    case 'NotAllowedError':
      return as('toy-refused')
    default:
      return as('toy-failed')
  }
}
