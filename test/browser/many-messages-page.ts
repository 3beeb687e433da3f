import { openClient } from '../../src/app/platform/open-client.ts'
import type { Client } from '../../src/client/client.ts'
import { messageWrites } from '../../src/client/mailbag.ts'
import { fromBase64url } from '../../src/protocol/bytes.ts'
import { readInner } from '../../src/protocol/message/inner.ts'

// Runs in a page of the app's origin while the app itself is closed.

/** Signed bytes and their signature, in base64url: a message as it is kept. */
export type Carried = { readonly i: string; readonly s: string }

type Filling = { fill?: (carried: readonly Carried[]) => Promise<number> }

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

;(globalThis as Filling).fill = fill
