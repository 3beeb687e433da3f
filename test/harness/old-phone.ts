import { createApi } from '../../src/client/api.ts'
import { oneAtATime, type Client } from '../../src/client/client.ts'
import { encryptedStore } from '../../src/client/store.ts'
import { readBoxLink, type BoxLink } from '../../src/keys/box-link.ts'
import { boxKeys } from '../../src/keys/enrolling.ts'
import { memoryStore, newStorageKey, type MemoryStore } from './memory-store.ts'
import type { Between } from './member.ts'

/** A phone that opened a link, without an account: what outlives a closed page is its store. */
export type OldPhone = {
  readonly client: Client
  readonly link: BoxLink
  readonly raw: MemoryStore
  readonly storageKey: CryptoKey
}

/** Opens a link on a phone of its own, or once more on one that had it open before. */
export async function openLink(
  link: string,
  { fetch: wired = (plain) => plain, now = Date.now }: Pick<Between, 'fetch' | 'now'> = {},
  before?: Pick<OldPhone, 'raw' | 'storageKey'>,
): Promise<OldPhone> {
  const read = readBoxLink(link)
  const device = await boxKeys(read.secret)
  const raw = before?.raw ?? memoryStore()
  const storageKey = before?.storageKey ?? (await newStorageKey())
  const client: Client = {
    origin: read.origin,
    api: createApi(read.origin, wired(fetch), now),
    store: encryptedStore(raw, storageKey),
    keeper: { device: () => Promise.resolve(device) },
    now,
    exclusively: oneAtATime(),
    changed: () => undefined,
  }
  return { client, link: read, raw, storageKey }
}
