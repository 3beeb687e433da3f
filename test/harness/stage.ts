import { after, before } from 'node:test'
import type { TestClock } from './clock.ts'
import { wholeFamily, type WholeFamily } from './family.ts'
import { familyClock, upload, visit, type Visitor } from './key-plane.ts'
import { startTestServer, type TestServer } from './server.ts'

/** What tests of the key plane's routes play on: a server at the family's time, and a visitor. */
export type Stage = {
  readonly clock: TestClock
  readonly server: TestServer
  readonly visitor: Visitor
  /** A family of everybody, whose log and wraps the server has. */
  uploaded(): Promise<WholeFamily>
}

/** Starts the server before the tests of a file and ends it after them. */
export function stage(): Stage {
  const clock = familyClock()
  let set: { readonly server: TestServer; readonly visitor: Visitor } | undefined
  const standing = (): NonNullable<typeof set> => {
    if (!set) throw new Error('the stage stands while tests run')
    return set
  }
  before(async () => {
    const server = await startTestServer({ clock })
    set = { server, visitor: await visit(server, clock) }
  })
  after(() => set?.server.close())
  return {
    clock,
    get server() {
      return standing().server
    },
    get visitor() {
      return standing().visitor
    },
    async uploaded() {
      const home = await wholeFamily()
      await upload(standing().visitor, home.family, home.mum.device)
      return home
    },
  }
}
