import { serveBluez } from '../../src/toy/virtual/bluez/bluez.ts'
import { serveSocket } from '../../src/toy/virtual/socket-server.ts'
import {
  createVirtualToy,
  type ToyKnobs,
  type VirtualToy,
} from '../../src/toy/virtual/virtual-toy.ts'

export type ServedToy = AsyncDisposable & {
  /** The toy itself: press its paws, look into its slots, read its write log. */
  readonly toy: VirtualToy
  /** For `socketLink` and for `pawpost client toy send MESSAGE --virtual PATH`. */
  readonly socketPath: string
  /** For `launchChromium({ dbusAddress })`; undefined unless asked for. */
  readonly dbusAddress: string | undefined
}

/** A toy that can be reached: always by its socket, with `dbus` also by an unmodified Chromium. */
export async function startVirtualToy(
  options: { dbus?: boolean; knobs?: ToyKnobs } = {},
): Promise<ServedToy> {
  await using stack = new AsyncDisposableStack()
  const toy = createVirtualToy(options.knobs)
  stack.defer(() => toy.close())
  const { path: socketPath } = stack.use(await serveSocket(toy))
  const bluez = options.dbus === true ? stack.use(await serveBluez(toy)) : undefined
  const kept = stack.move()
  return {
    toy,
    socketPath,
    dbusAddress: bluez?.address,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
