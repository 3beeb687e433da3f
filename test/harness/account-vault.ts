import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { toCbor } from '../../src/protocol/cbor.ts'
import { accountId, type AccountId } from '../../src/protocol/ids.ts'
import type { Disk } from '../../src/server/vault/disk.ts'
import { masterOf, type Master } from '../../src/server/vault/master.ts'
import type { Sealed, Vault } from '../../src/server/vault/vault.ts'
import { modelDisk, type Files, type ModelDisk } from './power.ts'

/** How a value is refused that does not belong where it is. */
export const SEALED = { code: 'internal', reason: 'vault-sealed' }

/** The address that stands in tests for that of an account. */
export function addressOf(account: AccountId): string {
  return `${account.toLowerCase()}@family.example`
}

/** The address of an account as the vault seals it. */
export async function sealedIn(vault: Vault, account: AccountId): Promise<Sealed> {
  return { account, sealed: await vault.sealAddress(account, addressOf(account)) }
}

/** Accounts whose keys lie in one file, and their sealed addresses. */
export async function neighbours(vault: Vault, count: number): Promise<[Sealed, ...Sealed[]]> {
  const rows: Sealed[] = []
  for (const account of await vault.newAccountIds(count)) rows.push(await sealedIn(vault, account))
  const [first, ...others] = rows
  return first ? [first, ...others] : assert.fail()
}

/** An account of the same id in every run: its keys lie in the file 1a2b. */
export function knownAccount(last = 0): AccountId {
  return accountId.from(Uint8Array.of(0x1a, 0x2b, ...new Uint8Array(13).fill(7), last))
}

/** A key that stands in tests for a random one. */
export function keyOf(byte: number): Uint8Array {
  return new Uint8Array(32).fill(byte)
}

/** A disk that notes which files are written. */
export function noted(disk: Disk): { disk: Disk; written: string[] } {
  const written: string[] = []
  const write = (path: string, bytes: Uint8Array): Promise<void> => {
    written.push(path)
    return disk.write(path, bytes)
  }
  return { disk: { ...disk, write }, written }
}

const MASTER = { kv: 1, key: keyOf(1) }

/** What seals and opens the files of a vault on a {@link knownDisk}. */
export const knownMaster: Master = masterOf([MASTER])

/** A disk with a vault whose master key is known, and with these files in it. */
export async function knownDisk(files: Files = new Map()): Promise<ModelDisk> {
  const plain = toCbor({ v: 1, n: 1, keys: [MASTER] })
  const master = Buffer.concat([createHash('sha256').update(plain).digest(), plain])
  const disk = modelDisk(new Map([['/vault/master.a', master], ...files]))
  for (const folder of ['accounts', 'indexes', 'households']) {
    await disk.makeFolder(`/vault/${folder}`)
  }
  return disk
}
