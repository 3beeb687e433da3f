import { once } from 'node:events'
import { type MessageBus, sessionBus } from '@jellybrick/dbus-next'
import type { VirtualToy } from '../virtual-toy.ts'
import { exportAdapter } from './adapter.ts'
import { startPrivateBus } from './daemon.ts'
import { deviceOf } from './device.ts'
import { exportTree } from './objects.ts'

/** A toy on a D-Bus of its own, behind the interfaces of BlueZ. */
export type BluezToy = AsyncDisposable & { readonly address: string }

/**
 * Serves `toy` to anything that speaks to BlueZ, such as an unmodified Chromium started with
 * `DBUS_SYSTEM_BUS_ADDRESS` set to the address. Needs the program `dbus-daemon`.
 */
export async function serveBluez(toy: VirtualToy): Promise<BluezToy> {
  const daemon = await startPrivateBus()
  try {
    const bus = await connectBus(daemon.address)
    const tree = exportTree(bus)
    const device = deviceOf(tree, toy)
    exportAdapter(tree, () => device.discover())
    await bus.requestName('org.bluez')
    const close = async (): Promise<void> => {
      device.close()
      bus.disconnect()
      await daemon[Symbol.asyncDispose]()
    }
    return { address: daemon.address, [Symbol.asyncDispose]: close }
  } catch (error) {
    await daemon[Symbol.asyncDispose]()
    throw error
  }
}

async function connectBus(busAddress: string): Promise<MessageBus> {
  const bus = sessionBus({ busAddress, authMethods: ['EXTERNAL'] })
  await once(bus, 'connect')
  return bus
}
