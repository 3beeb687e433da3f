import { DBusError, Variant } from '@jellybrick/dbus-next'
import { PawpostError } from '../../../protocol/errors.ts'
import { GATT_TABLE } from '../gatt.ts'
import type { Advert, Connection, VirtualToy } from '../virtual-toy.ts'
import { ADAPTER } from './adapter.ts'
import { addServices, removeServices } from './gatt-objects.ts'
import type { ObjectTree, Properties } from './objects.ts'

/** The toy as a BlueZ device: found when it advertises, with GATT objects while connected. */
export const DEVICE = `${ADAPTER}/dev_7C_EC_79_00_00_01`
const ADDRESS = '7C:EC:79:00:00:01'
const INTERFACE = 'org.bluez.Device1'
const RSSI = -48

export interface BusDevice {
  /** Shows the toy if it is advertising now. */
  discover(): void
  close(): void
}

export function deviceOf(tree: ObjectTree, toy: VirtualToy): BusDevice {
  let connection: Connection | undefined
  const change = (properties: Properties): void => tree.change(DEVICE, INTERFACE, properties)
  const ended = (): void => {
    connection = undefined
    change({ ServicesResolved: new Variant('b', false) })
    removeServices(tree, DEVICE)
    change({ Connected: new Variant('b', false) })
  }
  const connect = (): undefined => {
    if (connection !== undefined) return
    const live = attach(toy)
    connection = live
    live.onDisconnect(ended)
    // A browser takes the answer to Connect as "connected" only if the property says so already.
    change({ Connected: new Variant('b', true) })
    queueMicrotask(() => {
      if (connection !== live) return
      addServices(tree, DEVICE, live)
      change({ ServicesResolved: new Variant('b', true) })
    })
  }
  const disconnect = (): undefined => {
    connection?.disconnect()
  }
  const methods = { Connect: connect, Disconnect: disconnect }
  return {
    discover() {
      const advert = toy.advert()
      if (advert === undefined) return
      if (tree.has(DEVICE)) change({ RSSI: new Variant('n', RSSI) })
      else tree.add(DEVICE, { [INTERFACE]: { properties: propertiesOf(advert), methods } })
    },
    close: disconnect,
  }
}

/** A toy that is connected elsewhere does not answer: BlueZ reports an aborted connection. */
function attach(toy: VirtualToy): Connection {
  try {
    return toy.connect()
  } catch (error) {
    const busy = error instanceof PawpostError && error.code === 'toy-busy'
    if (!busy) throw error
    throw new DBusError('org.bluez.Error.Failed', 'le-connection-abort-by-local')
  }
}

function propertiesOf(advert: Advert): Properties {
  const { name, companyId, manufacturerData } = advert
  const data =
    manufacturerData === undefined
      ? {}
      : { [companyId]: new Variant('ay', Buffer.from(manufacturerData)) }
  return {
    Address: new Variant('s', ADDRESS),
    AddressType: new Variant('s', 'public'),
    Name: new Variant('s', name),
    Alias: new Variant('s', name),
    Adapter: new Variant('o', ADAPTER),
    Paired: new Variant('b', false),
    Trusted: new Variant('b', false),
    Blocked: new Variant('b', false),
    LegacyPairing: new Variant('b', false),
    Connected: new Variant('b', false),
    ServicesResolved: new Variant('b', false),
    RSSI: new Variant('n', RSSI),
    UUIDs: new Variant(
      'as',
      GATT_TABLE.map((service) => service.uuid),
    ),
    ManufacturerData: new Variant('a{qv}', data),
  }
}
