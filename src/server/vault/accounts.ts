import { PawpostError } from '../../protocol/errors.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import type { Passwords } from '../passwords/passwords.ts'
import type { Log } from '../platform/log.ts'
import { newAccountIds, type AccountKeys } from './account-keys.ts'
import { open, seal, versionOf, type Place, type VersionedKey } from './aead.ts'
import type { Budget } from './budget.ts'
import type { BlindIndex, IndexKeys } from './index-keys.ts'
import { acceptedStep, newTotpSecret } from './totp.ts'

export type { BlindIndex }

/** Why an address is opened; it is written down with the account's id. */
export const REASONS = ['code', 'notice', 'reset', 'export'] as const
export type Reason = (typeof REASONS)[number]

/** What of an account lies in the database, each sealed under the account's own key. */
export const COLUMNS = ['address', 'password', 'totp', 'invitation'] as const
export type Column = (typeof COLUMNS)[number]

/** A sealed value and whose it is. */
export type Sealed = { readonly account: AccountId; readonly sealed: Uint8Array }

/** A sealed value, whose it is, and where it belongs. */
export type SealedIn = Sealed & { readonly column: Column }

/** An account as another system, or an older version, kept it. */
export type Imported = {
  readonly account: AccountId
  readonly address: string
  readonly hash: string
}
export type SealedAccount = {
  readonly account: AccountId
  readonly index: BlindIndex
  readonly address: Uint8Array
  readonly password: Uint8Array
}

/** An address that an account had invited. */
export type Invitation = { readonly account: AccountId; readonly address: string }

export type Verdict = {
  readonly matches: boolean
  /** To be stored instead: the hash was of an older or cheaper kind. */
  readonly renewed?: Uint8Array
}

/** The vault's door for accounts. No key, and no hash of a password, comes out of it. */
export interface AccountVault {
  /** Ids for new accounts; those made together are stored together. */
  newAccountIds(count: number): Promise<AccountId[]>
  /** What an address is looked up by, under every key there is; the newest first. */
  indexesOf(address: string): Promise<readonly BlindIndex[]>
  /** As `indexesOf`, of many addresses in their order. */
  indexesOfAll(addresses: readonly string[]): Promise<readonly (readonly BlindIndex[])[]>
  /** What ties a session to a device: a dump of the database joins no two of them. */
  deviceTag(device: string): Promise<Uint8Array>
  /** Makes the account's key unless it has one. */
  sealAddress(account: AccountId, address: string): Promise<Uint8Array>
  /** Within the budget. Throws `busy` (`decrypt-budget`) and `internal` (`vault-sealed`). */
  openAddress(kept: Sealed, reason: Reason): Promise<string>
  /** As `indexesOf`, of an address that stays sealed. */
  reindex(kept: Sealed): Promise<readonly BlindIndex[]>
  /** Hashes with argon2id. Throws `busy`. */
  hashPassword(account: AccountId, password: string): Promise<Uint8Array>
  /** Seals hashes of another system as they are: PHC strings of argon2id, or bcrypt's. */
  importAccounts(accounts: readonly Imported[]): Promise<readonly SealedAccount[]>
  /** Seals the addresses that accounts had invited elsewhere, in their order. */
  sealInvitations(invitations: readonly Invitation[]): Promise<readonly Uint8Array[]>
  /** Without an account it takes the same time and says no. Throws `busy`. */
  verifyPassword(kept: Sealed | undefined, password: string): Promise<Verdict>
  /** A new TOTP secret: for its owner's eyes once, and sealed. */
  newTotp(account: AccountId): Promise<{ secret: Uint8Array; sealed: Uint8Array }>
  /** The step a code stands for, unless that is the `last` accepted one or older. */
  checkTotp(
    kept: Sealed,
    code: string,
    times: { readonly now: number; readonly last: number },
  ): Promise<number | undefined>
  /**
   * Seals values anew under their accounts' newest keys; those that are come back as they were, and
   * undefined stands for one that does not open.
   */
  reseal(values: readonly SealedIn[]): Promise<readonly (Uint8Array | undefined)[]>
  /** Gives accounts newer keys: what is sealed from now on is sealed under them. */
  renewKeys(accounts: readonly AccountId[]): Promise<void>
  /** Destroys all keys of accounts but the newest of each. */
  retireKeys(accounts: readonly AccountId[]): Promise<void>
  /** Destroys the keys of accounts: nothing of theirs opens again, in no backup. Repeatable. */
  forgetAccounts(accounts: readonly AccountId[]): Promise<void>
}

export type AccountVaultParts = {
  readonly keys: AccountKeys
  readonly indexes: IndexKeys
  readonly passwords: Passwords
  readonly budget: Budget
  readonly log: Log
}

export function accountVaultOf(parts: AccountVaultParts): AccountVault {
  const { keys, indexes, passwords, budget, log } = parts
  return {
    newAccountIds: async (count) => newAccountIds(count),
    indexesOf: (address) => indexes.indexesOf('address', address),
    indexesOfAll: (addresses) => indexes.indexesOfAll('address', addresses),
    async deviceTag(device) {
      return demandKey((await indexes.indexesOf('device', device))[0]).index
    },
    sealAddress: (account, address) => sealOne(keys, 'address', account, utf8(address)),
    async openAddress(kept, reason) {
      budget.spend()
      log.info({ account: kept.account, reason }, 'opened an address')
      return fromUtf8(await openOne(keys, 'address', kept))
    },
    async reindex(kept) {
      return indexes.indexesOf('address', fromUtf8(await openOne(keys, 'address', kept)))
    },
    async hashPassword(account, password) {
      return sealOne(keys, 'password', account, utf8(await passwords.hash(password)))
    },
    importAccounts: (accounts) => sealAll(parts, accounts),
    sealInvitations: (invitations) => sealInvitations(keys, invitations),
    verifyPassword: (kept, password) => verifyPassword({ keys, passwords }, kept, password),
    async newTotp(account) {
      const secret = newTotpSecret()
      return { secret, sealed: await sealOne(keys, 'totp', account, secret) }
    },
    async checkTotp(kept, code, { now, last }) {
      return acceptedStep(await openOne(keys, 'totp', kept), code, now, last)
    },
    async reseal(values) {
      const known = await keys.ofAll(values.map(({ account }) => account))
      return values.map((value) => resealOne(known.get(value.account) ?? [], value))
    },
    renewKeys: (accounts) => keys.renew(accounts),
    retireKeys: (accounts) => keys.retire(accounts),
    forgetAccounts: (accounts) => keys.destroy(accounts),
  }
}

async function sealOne(
  keys: AccountKeys,
  column: Column,
  account: AccountId,
  plain: Uint8Array,
): Promise<Uint8Array> {
  const key = demandKey((await keys.make([account])).get(account))
  return seal(key, placeOf(column, account), plain)
}

async function sealAll(
  { keys, indexes }: AccountVaultParts,
  accounts: readonly Imported[],
): Promise<SealedAccount[]> {
  const made = await keys.make(accounts.map(({ account }) => account))
  const texts = accounts.map(({ address }) => address)
  const found = await indexes.indexesOfAll('address', texts)
  return accounts.map(({ account, address, hash }, place) => {
    const key = demandKey(made.get(account))
    const index = demandKey(found[place]?.[0])
    const sealed = (column: Column, text: string): Uint8Array =>
      seal(key, placeOf(column, account), utf8(text))
    const password = sealed('password', hash)
    return { account, index, address: sealed('address', address), password }
  })
}

async function sealInvitations(
  keys: AccountKeys,
  invitations: readonly Invitation[],
): Promise<Uint8Array[]> {
  const known = await keys.ofAll(invitations.map(({ account }) => account))
  return invitations.map(({ account, address }) => {
    const newest = demandKey(known.get(account)?.at(-1))
    return seal(newest, placeOf('invitation', account), utf8(address))
  })
}

/** Throws `internal` with `vault-sealed` when key, place or bytes do not belong together. */
async function openOne(
  keys: AccountKeys,
  column: Column,
  { account, sealed }: Sealed,
): Promise<Uint8Array> {
  const plain = open(await keys.of(account), placeOf(column, account), sealed)
  if (!plain) throw new PawpostError('internal', 'vault-sealed')
  return plain
}

function resealOne(
  keys: readonly VersionedKey[],
  { account, column, sealed }: SealedIn,
): Uint8Array | undefined {
  const plain = open(keys, placeOf(column, account), sealed)
  if (!plain) return undefined
  const newest = demandKey(keys.at(-1))
  return newest.kv === versionOf(sealed) ? sealed : seal(newest, placeOf(column, account), plain)
}

async function verifyPassword(
  { keys, passwords }: Pick<AccountVaultParts, 'keys' | 'passwords'>,
  kept: Sealed | undefined,
  password: string,
): Promise<Verdict> {
  if (!kept) return { matches: await passwords.verify(undefined, password) }
  const hash = fromUtf8(await openOne(keys, 'password', kept))
  const matches = await passwords.verify(hash, password)
  if (!matches || !passwords.needsRenewal(hash)) return { matches }
  const fresh = await passwords.hash(password)
  return { matches, renewed: await sealOne(keys, 'password', kept.account, utf8(fresh)) }
}

/** Throws `internal` with `vault-keyless` where a key, or what one made, is missing. */
function demandKey<T>(found: T | undefined): T {
  if (found === undefined) throw new PawpostError('internal', 'vault-keyless')
  return found
}

/** Two rows, or two columns, whose values changed places do not open. */
function placeOf(column: Column, account: AccountId): Place {
  return ['account', column, accountId.bytes(account)]
}

function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}

function fromUtf8(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
