import { Variant } from '@jellybrick/dbus-next'
import type { Answer, BusObject, Method, ObjectTree } from './objects.ts'

/** The Bluetooth adapter of the machine, as BlueZ shows it (org.bluez.Adapter, 5.66). */
export const ADAPTER = '/org/bluez/hci0'
const INTERFACE = 'org.bluez.Adapter1'

const nothing: Method = () => undefined

/**
 * Puts the adapter and the managers that a client registers with on the tree. `discover` is called
 * when a client starts looking for devices.
 */
export function exportAdapter(tree: ObjectTree, discover: () => void): void {
  tree.add('/org/bluez', {
    'org.bluez.AgentManager1': managed(['RegisterAgent', 'UnregisterAgent', 'RequestDefaultAgent']),
    'org.bluez.ProfileManager1': managed(['RegisterProfile', 'UnregisterProfile']),
  })
  const discovering = (on: boolean): Answer => {
    tree.change(ADAPTER, INTERFACE, { Discovering: new Variant('b', on) })
    if (on) discover()
    return undefined
  }
  tree.add(ADAPTER, adapterObject(tree, discovering))
}

function managed(members: string[]): BusObject[string] {
  return { properties: {}, methods: Object.fromEntries(members.map((member) => [member, nothing])) }
}

function adapterObject(tree: ObjectTree, discovering: (on: boolean) => Answer): BusObject {
  return {
    [INTERFACE]: {
      properties: {
        Address: new Variant('s', '00:1A:7D:DA:71:13'),
        AddressType: new Variant('s', 'public'),
        Name: new Variant('s', 'pawpost'),
        Alias: new Variant('s', 'pawpost'),
        Class: new Variant('u', 0),
        Powered: new Variant('b', true),
        Discoverable: new Variant('b', false),
        DiscoverableTimeout: new Variant('u', 0),
        Pairable: new Variant('b', false),
        PairableTimeout: new Variant('u', 0),
        Discovering: new Variant('b', false),
        UUIDs: new Variant('as', []),
        Modalias: new Variant('s', 'usb:v1D6Bp0246d0542'),
        Roles: new Variant('as', ['central']),
      },
      methods: {
        StartDiscovery: () => discovering(true),
        StopDiscovery: () => discovering(false),
        SetDiscoveryFilter: nothing,
        RemoveDevice: nothing,
      },
      set: (name, value) => tree.change(ADAPTER, INTERFACE, { [name]: value }),
    },
  }
}
