import { openClient } from '../../src/app/platform/open-client.ts'
import type { Client } from '../../src/client/client.ts'
import { messageWrites } from '../../src/client/mailbag.ts'
import { messages } from '../../src/client/messages.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import { readInner } from '../../src/protocol/message/inner.ts'

// Runs in a page of the app's origin while the app itself is closed.

/** Signed bytes and their signature, in base64url: a message as it is kept. */
export type Carried = { readonly i: string; readonly s: string }

export type Filling = {
  fill?: (carried: readonly Carried[]) => Promise<number>
  read?: () => Promise<readonly number[]>
}

let client: Promise<Client> | undefined

/** Keeps messages as a client keeps what it received; gives how many. */
async function fill(carried: readonly Carried[]): Promise<number> {
  client ??= openClient(() => undefined)
  const opened = await client
  const signed = carried.map(({ i, s }) => ({ i: fromBase64url(i), s: fromBase64url(s) }))
  const writes = await Promise.all(
    signed.map((original) => messageWrites(opened, { inner: readInner(original.i), original })),
  )
  await opened.store.write(writes.flat())
  return carried.length
}

/** Milliseconds for reading the list: by a client that was just opened, then again and again. */
async function read(): Promise<readonly number[]> {
  const opened = await openClient(() => undefined)
  const times: number[] = []
  for (let count = 0; count < 4; count += 1) {
    const from = performance.now()
    await messages(opened)
    times.push(performance.now() - from)
  }
  return times
}

Object.assign(globalThis as Filling, { fill, read })
