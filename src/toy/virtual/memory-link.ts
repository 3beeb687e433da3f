import { PawpostError } from '../../protocol/errors.ts'
import type { ToyLink } from '../link.ts'
import type { Connection, VirtualToy } from './virtual-toy.ts'

/** A link to a virtual toy in the same process. */
export function memoryLink(toy: VirtualToy): ToyLink {
  const onEnd: (() => void)[] = []
  let connection: Connection | undefined
  const live = (): Connection => {
    if (connection === undefined) throw new PawpostError('toy-gone')
    return connection
  }
  return {
    name: toy.view().name,
    connect: async (signal) => {
      signal?.throwIfAborted()
      connection = toy.connect()
      for (const listener of onEnd) connection.onDisconnect(listener)
    },
    read: async (characteristic) => live().read(characteristic),
    write: async (characteristic, bytes, mode) => live().write(characteristic, bytes, mode),
    subscribe: async (characteristic, listener) => live().subscribe(characteristic, listener),
    onDisconnect: (listener) => void onEnd.push(listener),
    close: async () => connection?.disconnect(),
  }
}
