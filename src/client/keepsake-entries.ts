import { z } from 'zod'
import { deviceId, messageId, principalId, type MessageId } from '../protocol/ids.ts'
import type { Inner } from '../protocol/message/inner.ts'
import type { Client } from './client.ts'
import { pad } from './family.ts'
import type { Write } from './store.ts'

const PREFIX = 'keepsake/'
const entry = z.strictObject({
  mid: messageId.schema,
  by: deviceId.schema,
  /** Who brought it. */
  person: principalId.schema,
  from: z.string(),
  child: z.boolean(),
  to: z.string(),
  at: z.int(),
  durationMs: z.int(),
})
/** What this device keeps of a voice out of an archive; its sound lies with those of messages. */
export type KeepsakeEntry = z.infer<typeof entry>

type Received = {
  readonly inner: Extract<Inner, { kind: 'keepsake' }>
  readonly person: KeepsakeEntry['person']
}

/** The store's entry for one that came. They sort by when they are said to have been said. */
export function keepsakeWrite({ inner, person }: Received): Write {
  const { mid, by, body } = inner
  const { sound: _sound, codec: _codec, ...said } = body
  return { key: `${PREFIX}${pad(body.at)}/${mid}`, value: { mid, by, person, ...said } }
}

/** All that are here, the oldest first. */
export async function keepsakeEntries(
  client: Client,
): Promise<readonly { readonly key: string; readonly value: KeepsakeEntry }[]> {
  return client.store.list(PREFIX, entry)
}

/** One of them, with its place in the store. */
export async function findKeepsake(
  client: Client,
  message: MessageId,
): Promise<{ readonly key: string; readonly value: KeepsakeEntry } | undefined> {
  return (await keepsakeEntries(client)).find(({ value }) => value.mid === message)
}
