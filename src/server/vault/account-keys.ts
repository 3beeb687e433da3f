import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { toHex } from '../../protocol/bytes.ts'
import { fromCbor, toCbor } from '../../protocol/cbor.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import { newKey, type VersionedKey } from './aead.ts'
import type { Disk } from './disk.ts'
import type { RotatingMaster } from './master.ts'
import { createSealedFiles, type SealedFiles } from './sealed-files.ts'

/** Accounts whose ids begin with the same two bytes keep their keys in one file. */
type Bucket = string
type AccountKey = VersionedKey & { readonly account: AccountId }
/** The keys of a bucket's accounts, oldest first. Values are never changed, only replaced. */
type Keys = { readonly n: number; readonly keys: readonly AccountKey[] }

/**
 * The keys of accounts. 65,536 small files hold the keys of a million accounts, about sixteen each:
 * one is quickly written anew when an account comes or goes, and one write serves a whole batch
 * whose ids were made together.
 */
export interface AccountKeys {
  /** The keys of an account, oldest first: the last one seals, all of them open. */
  of(account: AccountId): Promise<readonly VersionedKey[]>
  /** As `of`, for many, and for those whose keys lie in the same files. */
  ofAll(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, readonly VersionedKey[]>>
  /**
   * The newest key of each, and of those in the same files, after a key was made for every account
   * that has none.
   */
  make(accounts: readonly AccountId[]): Promise<ReadonlyMap<AccountId, VersionedKey>>
  /** Gives accounts that have a key a newer one besides. */
  renew(accounts: readonly AccountId[]): Promise<void>
  /** Destroys all keys of accounts but the newest of each. */
  retire(accounts: readonly AccountId[]): Promise<void>
  /** Destroys the keys of accounts. Repeatable. */
  destroy(accounts: readonly AccountId[]): Promise<void>
  /** Seals the files of these keys under the master's newest key. */
  resealAll(): Promise<void>
}

const ID_BYTES = 16
const BUCKET_BYTES = 2
/** Bytes of a key in a file: the account's id, kv in four bytes, and the key. */
const PACKED_BYTES = ID_BYTES + 4 + 32

const written = z.strictObject({
  v: z.literal(1),
  n: z.int().min(1),
  keys: z.instanceof(Uint8Array).refine((packed) => packed.length % PACKED_BYTES === 0),
})

/** Ids for new accounts; made together, they share one file of keys. */
export function newAccountIds(count: number): AccountId[] {
  const bucket = randomBytes(BUCKET_BYTES)
  return Array.from({ length: count }, () =>
    accountId.from(Buffer.concat([bucket, randomBytes(ID_BYTES - BUCKET_BYTES)])),
  )
}

export function createAccountKeys(disk: Disk, folder: string, master: RotatingMaster): AccountKeys {
  const files: SealedFiles<Bucket, Keys> = createSealedFiles(
    { disk, master },
    {
      empty: { n: 0, keys: [] },
      folder: join(folder, 'accounts'),
      nameOf: (file) => file,
      path: (bucket) => join(folder, 'accounts', bucket.slice(0, 2), bucket),
      owner: (bucket) => ({ kind: 'accounts', id: Buffer.from(bucket, 'hex') }),
      write: writeKeys,
      read: readKeys,
    },
  )

  return {
    async of(account) {
      const { keys } = await files.read(bucketOf(account))
      return keys.filter((key) => key.account === account)
    },
    async make(accounts) {
      const changed = await changeBuckets(files, accounts, withAccounts)
      return new Map(changed.flatMap(({ keys }) => keys).map((key) => [key.account, key]))
    },
    async ofAll(accounts) {
      const buckets = [...new Set(accounts.map(bucketOf))]
      const read = await Promise.all(buckets.map((bucket) => files.read(bucket)))
      return Map.groupBy(
        read.flatMap(({ keys }) => keys),
        ({ account }) => account,
      )
    },
    async renew(accounts) {
      await changeBuckets(files, accounts, withNewer)
    },
    async retire(accounts) {
      await changeBuckets(files, accounts, withoutOld)
    },
    async destroy(accounts) {
      await changeBuckets(files, accounts, without)
    },
    resealAll: () => files.resealAll(),
  }
}

async function changeBuckets(
  files: SealedFiles<Bucket, Keys>,
  accounts: readonly AccountId[],
  how: (keys: Keys, accounts: readonly AccountId[]) => Keys,
): Promise<Keys[]> {
  const changed: Keys[] = []
  for (const [bucket, some] of Map.groupBy(accounts, bucketOf)) {
    changed.push(await files.change(bucket, (before) => how(before, some)))
  }
  return changed
}

function bucketOf(account: AccountId): Bucket {
  return toHex(accountId.bytes(account).subarray(0, BUCKET_BYTES))
}

function withAccounts(before: Keys, accounts: readonly AccountId[]): Keys {
  const known = new Set(before.keys.map(({ account }) => account))
  const fresh = [...new Set(accounts)]
    .filter((account) => !known.has(account))
    .map((account) => ({ account, ...newKey(1) }))
  return fresh.length === 0 ? before : { ...before, keys: [...before.keys, ...fresh] }
}

function withNewer(before: Keys, accounts: readonly AccountId[]): Keys {
  const fresh = newestOf(before, accounts).map(({ account, kv }) => ({
    account,
    ...newKey(kv + 1),
  }))
  return fresh.length === 0 ? before : { ...before, keys: [...before.keys, ...fresh] }
}

/** The newest key of each of the accounts that has one. */
function newestOf({ keys }: Keys, accounts: readonly AccountId[]): AccountKey[] {
  const newest = new Map(keys.map((key) => [key.account, key]))
  return [...new Set(accounts)].flatMap((account) => newest.get(account) ?? [])
}

function without(before: Keys, accounts: readonly AccountId[]): Keys {
  const gone = new Set(accounts)
  const keys = before.keys.filter(({ account }) => !gone.has(account))
  return keys.length === before.keys.length ? before : { ...before, keys }
}

function withoutOld(before: Keys, accounts: readonly AccountId[]): Keys {
  const [some, newest] = [new Set(accounts), new Set(newestOf(before, accounts))]
  const keys = before.keys.filter((key) => !some.has(key.account) || newest.has(key))
  return keys.length === before.keys.length ? before : { ...before, keys }
}

function writeKeys({ n, keys }: Keys): Uint8Array {
  const packed = Buffer.alloc(keys.length * PACKED_BYTES)
  for (const [index, { account, kv, key }] of keys.entries()) {
    packed.set(accountId.bytes(account), index * PACKED_BYTES)
    packed.set(key, packed.writeUInt32BE(kv, index * PACKED_BYTES + ID_BYTES))
  }
  return toCbor({ v: 1, n, keys: packed })
}

/** Throws `internal` with `vault-damaged`. */
function readKeys(plain: Uint8Array): Keys {
  const { n, keys } = fromCbor(plain, written, 'internal', 'vault-damaged')
  const packed = Buffer.from(keys)
  const all = Array.from({ length: packed.length / PACKED_BYTES }, (_, index) => {
    const one = packed.subarray(index * PACKED_BYTES, (index + 1) * PACKED_BYTES)
    const account = accountId.from(one.subarray(0, ID_BYTES))
    return { account, kv: one.readUInt32BE(ID_BYTES), key: one.subarray(ID_BYTES + 4) }
  })
  return { n, keys: all }
}
