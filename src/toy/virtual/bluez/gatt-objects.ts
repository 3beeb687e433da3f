import { DBusError, Variant } from '@jellybrick/dbus-next'
import { PawpostError } from '../../../protocol/errors.ts'
import { GATT_TABLE, type GattCharacteristic, type GattService } from '../gatt.ts'
import type { Connection } from '../virtual-toy.ts'
import type { Answer, Method, ObjectTree } from './objects.ts'

/** The toy's GATT table as BlueZ objects (org.bluez.GattService, 5.66), while it is connected. */
const SERVICE = 'org.bluez.GattService1'
const CHARACTERISTIC = 'org.bluez.GattCharacteristic1'
const DESCRIPTOR = 'org.bluez.GattDescriptor1'
/** Client characteristic configuration: without this object a browser refuses to subscribe. */
const CCCD = '00002902-0000-1000-8000-00805f9b34fb'

type Place = { tree: ObjectTree; path: string; connection: Connection }

const hex4 = (value: number): string => value.toString(16).padStart(4, '0')

function servicePath(device: string, service: number): string {
  return `${device}/service${hex4((service + 1) * 16)}`
}

function characteristicPath(service: string, index: number): string {
  return `${service}/char${hex4(index + 1)}`
}

export function addServices(tree: ObjectTree, device: string, connection: Connection): void {
  for (const [index, service] of GATT_TABLE.entries()) {
    const path = servicePath(device, index)
    addService({ tree, path, connection }, service, device)
  }
}

function addService({ tree, path, connection }: Place, service: GattService, device: string): void {
  const properties = {
    UUID: new Variant('s', service.uuid),
    Primary: new Variant('b', true),
    Device: new Variant('o', device),
    Includes: new Variant('ao', []),
  }
  tree.add(path, { [SERVICE]: { properties, methods: {} } })
  for (const [index, characteristic] of service.characteristics.entries()) {
    const place = { tree, path: characteristicPath(path, index), connection }
    addCharacteristic(place, characteristic, path)
  }
}

function addCharacteristic(
  place: Place,
  { uuid, flags }: GattCharacteristic,
  service: string,
): void {
  const { tree, path, connection } = place
  tree.add(path, {
    [CHARACTERISTIC]: {
      properties: {
        UUID: new Variant('s', uuid),
        Service: new Variant('o', service),
        Value: new Variant('ay', Buffer.alloc(0)),
        Notifying: new Variant('b', false),
        Flags: new Variant('as', [...flags]),
      },
      methods: {
        ReadValue: guarded(() => read(place, uuid)),
        WriteValue: guarded(([value, options]) => write(connection, uuid, value, options)),
        StartNotify: guarded(() => startNotify(place, uuid)),
        StopNotify: guarded(() => stopNotify(place, uuid)),
      },
    },
  })
  if (flags.includes('notify')) addConfiguration(tree, path)
}

/** Clients do not write it themselves: StartNotify does that on a real stack. */
function addConfiguration(tree: ObjectTree, characteristic: string): void {
  tree.add(`${characteristic}/desc0001`, {
    [DESCRIPTOR]: {
      properties: {
        UUID: new Variant('s', CCCD),
        Characteristic: new Variant('o', characteristic),
        Value: new Variant('ay', Buffer.alloc(2)),
        Flags: new Variant('as', ['read', 'write']),
      },
      methods: { ReadValue: () => bytes(new Uint8Array(2)) },
    },
  })
}

export function removeServices(tree: ObjectTree, device: string): void {
  for (const [index, service] of GATT_TABLE.entries()) {
    const path = servicePath(device, index)
    for (const [at, characteristic] of service.characteristics.entries()) {
      const inner = characteristicPath(path, at)
      if (characteristic.flags.includes('notify')) tree.remove(`${inner}/desc0001`)
      tree.remove(inner)
    }
    tree.remove(path)
  }
}

function bytes(value: Uint8Array): Answer {
  return { signature: 'ay', body: [Buffer.from(value)] }
}

/**
 * BlueZ tells a value that was read as a change, too. Chromium waits for that, and takes the next
 * notification for it where it does not come.
 */
async function read({ tree, path, connection }: Place, uuid: string): Promise<Answer> {
  const value = await connection.read(uuid)
  tree.change(path, CHARACTERISTIC, { Value: new Variant('ay', Buffer.from(value)) })
  return bytes(value)
}

async function write(connection: Connection, uuid: string, value: unknown, options: unknown) {
  if (!Buffer.isBuffer(value)) throw new DBusError('org.bluez.Error.InvalidArguments', 'value')
  const type = (options as { type?: Variant } | undefined)?.type?.value
  const mode = type === 'command' ? 'without-response' : 'with-response'
  await connection.write(uuid, value, mode)
  return undefined
}

async function startNotify(place: Place, uuid: string): Promise<undefined> {
  const { tree, path, connection } = place
  await connection.subscribe(uuid, (value) =>
    tree.change(path, CHARACTERISTIC, { Value: new Variant('ay', Buffer.from(value)) }),
  )
  tree.change(path, CHARACTERISTIC, { Notifying: new Variant('b', true) })
}

function stopNotify({ tree, path, connection }: Place, uuid: string): undefined {
  connection.unsubscribe(uuid)
  tree.change(path, CHARACTERISTIC, { Notifying: new Variant('b', false) })
}

/** BlueZ's names for what the toy refuses. */
function guarded(method: Method): Method {
  return async (body) => {
    try {
      return await method(body)
    } catch (error) {
      if (!(error instanceof PawpostError)) throw error
      const name = error.code === 'toy-gone' ? 'NotConnected' : 'NotPermitted'
      throw new DBusError(`org.bluez.Error.${name}`, error.reason ?? error.code)
    }
  }
}
