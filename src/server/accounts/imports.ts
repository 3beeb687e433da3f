import { createHmac } from 'node:crypto'
import { PawpostError } from '../../protocol/errors.ts'
import { toHex } from '../../protocol/bytes.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../tables.ts'
import type { AccountVault } from '../vault/vault.ts'
import {
  findTagged,
  findTaken,
  type ImportedRow,
  insertFile,
  insertImported,
  insertInvitations,
  type InvitationRow,
  loadFile,
  saveProgress,
} from './imports-store.ts'

/** An account of another system: its id there, a normalised address, a bcrypt hash. */
export type NewAccount = {
  readonly id: string
  readonly address: string
  readonly hash: string
  /** When it was made there, if that is known. */
  readonly since: Date | undefined
}

/** An open invitation of another system: who invited (the id there), and whom. */
export type NewInvitation = { readonly inviter: string; readonly address: string }

/** How far a file was read: so many records of it are dealt with, and what came of them. */
export type Progress = {
  readonly records: number
  readonly tally: unknown
  readonly isDone: boolean
}

export type AccountOutcome = 'imported' | 'known' | 'address-duplicate' | 'account-exists'
export type InvitationOutcome = 'imported' | 'known' | 'inviter-unknown'

/** Makes of what came of each record of a batch the progress that is to be remembered. */
export type Settle<Outcome> = (outcomes: readonly Outcome[]) => Progress

/** A file of an export, by the SHA-256 of its bytes. */
export type FileDigest = Uint8Array

/**
 * Where an import puts what it read. A batch and the progress behind it are there together or not at
 * all, so that a process that is killed leaves nothing half done.
 */
export interface AccountTarget {
  /** How far a file was read; undefined, and from now on remembered, when it is new. */
  begin(file: FileDigest, kind: string): Promise<Progress | undefined>
  /** At most {@link BATCH}. */
  insertAccounts(
    file: FileDigest,
    batch: readonly NewAccount[],
    settle: Settle<AccountOutcome>,
  ): Promise<void>
  insertInvitations(
    file: FileDigest,
    batch: readonly NewInvitation[],
    settle: Settle<InvitationOutcome>,
  ): Promise<void>
  /** For records of which nothing is kept. */
  advance(file: FileDigest, progress: Progress): Promise<void>
}

/** Accounts in one transaction; their keys share a file of the vault. */
export const BATCH = 1000

const TAG_BYTES = 16

export type ImportParts = {
  readonly db: Database
  readonly vault: AccountVault
  readonly clock: Clock
  /** Kept outside the database: it alone joins accounts to those of a stolen copy of the old data. */
  readonly key: Uint8Array
}

/** The real target: the database and the vault of a data folder on which nothing else works. */
export function createImports(parts: ImportParts): AccountTarget {
  const { db, vault } = parts
  const reserved = new Map<string, readonly AccountId[]>()

  return {
    async begin(file, kind) {
      const found = await loadFile(db, file)
      const ids = found?.reserved ?? (await vault.newAccountIds(BATCH))
      if (!found) await insertFile(db, file, kind, ids)
      reserved.set(toHex(file), ids)
      return found?.progress
    },
    async insertAccounts(file, batch, settle) {
      const { outcomes, fresh } = await sortOut(parts, batch)
      const rows = await sealAccounts(parts, fresh, reserved.get(toHex(file)) ?? [])
      // The vault makes keys before the transaction, for ids that the one before it wrote down:
      // whoever goes on after a kill takes the same ids, and no key is left that is nobody's.
      const next = rows.length > 0 ? await vault.newAccountIds(BATCH) : undefined
      await db.transaction().execute(async (transaction) => {
        await insertImported(transaction, rows)
        await saveProgress(transaction, file, settle(outcomes), next)
      })
      if (next) reserved.set(toHex(file), next)
    },
    async insertInvitations(file, batch, settle) {
      const sealed = await sealInvitations(parts, batch)
      await db.transaction().execute(async (transaction) => {
        const fresh = await insertInvitations(
          transaction,
          sealed.filter((row) => row !== undefined),
        )
        // Of two that are the same, the first one is new.
        const outcomes = sealed.map((row) => outcomeOf(row, row && fresh.delete(toHex(row.tag))))
        await saveProgress(transaction, file, settle(outcomes))
      })
    },
    advance: (file, progress) => saveProgress(db, file, progress),
  }
}

function outcomeOf(row: InvitationRow | undefined, isNew?: boolean): InvitationOutcome {
  if (!row) return 'inviter-unknown'
  return isNew ? 'imported' : 'known'
}

type Sorted = { readonly outcomes: AccountOutcome[]; readonly fresh: NewAccount[] }

/** Says of each account of a batch whether it is new, and which are. */
async function sortOut(parts: ImportParts, batch: readonly NewAccount[]): Promise<Sorted> {
  const { db, vault, key } = parts
  const tagged = await findTagged(
    db,
    batch.map(({ id }) => accountTag(key, id)),
  )
  const indexes = await vault.indexesOfAll(batch.map(({ address }) => address))
  const taken = await findTaken(
    db,
    indexes.flat().map(({ index }) => index),
  )
  const ids = new Set<string>()
  const addresses = new Set<string>()
  const outcomes = batch.map(({ id, address }, place): AccountOutcome => {
    const tag = toHex(accountTag(key, id))
    if (tagged.has(tag) || ids.has(tag)) return 'known'
    const owner = indexes[place]?.map(({ index }) => taken.get(toHex(index))).find(Boolean)
    if (owner) return owner.isImported ? 'address-duplicate' : 'account-exists'
    if (addresses.has(address)) return 'address-duplicate'
    ids.add(tag)
    addresses.add(address)
    return 'imported'
  })
  return { outcomes, fresh: batch.filter((_, place) => outcomes[place] === 'imported') }
}

async function sealAccounts(
  { vault, clock, key }: ImportParts,
  fresh: readonly NewAccount[],
  ids: readonly AccountId[],
): Promise<ImportedRow[]> {
  const at = new Date(clock.now())
  // Exactly what the vault's door takes: it may be a door to another process.
  const named = fresh.map(({ address, hash }, place) => ({
    account: idAt(ids, place),
    address,
    hash,
  }))
  const sealed = await vault.importAccounts(named)
  return sealed.map((row, place) => {
    const { id = '', since } = fresh[place] ?? {}
    // A password is at most as old as its account; without a date it counts from today.
    const passwordSetAt = since && since.getTime() > 0 && since < at ? since : at
    return { ...row, tag: accountTag(key, id), at, passwordSetAt }
  })
}

function idAt(ids: readonly AccountId[], place: number): AccountId {
  const id = ids[place]
  if (id === undefined) throw new PawpostError('internal', 'import-batch')
  return id
}

async function sealInvitations(
  { db, vault, key }: ImportParts,
  batch: readonly NewInvitation[],
): Promise<(InvitationRow | undefined)[]> {
  const tags = batch.map(({ inviter }) => accountTag(key, inviter))
  const accounts = await findTagged(db, tags)
  const known = batch.flatMap(({ inviter, address }, place) => {
    const account = accounts.get(toHex(accountTag(key, inviter)))
    return account === undefined ? [] : [{ place, account, address }]
  })
  const sealed = await vault.sealInvitations(
    known.map(({ account, address }) => ({ account, address })),
  )
  const rows = new Map(
    known.map(({ place, account, address }, number) => {
      const row = {
        account,
        tag: invitationTag(key, account, address),
        address: sealedAt(sealed, number),
      }
      return [place, row]
    }),
  )
  return batch.map((_, place) => rows.get(place))
}

function sealedAt(sealed: readonly Uint8Array[], number: number): Uint8Array {
  const value = sealed[number]
  if (!value) throw new PawpostError('internal', 'import-batch')
  return value
}

function accountTag(key: Uint8Array, id: string): Uint8Array {
  return tagOf(key, `account\0${id}`)
}

function invitationTag(key: Uint8Array, account: AccountId, address: string): Uint8Array {
  return tagOf(key, `invitation\0${account}\0${address}`)
}

function tagOf(key: Uint8Array, text: string): Uint8Array {
  return createHmac('sha256', key).update(text).digest().subarray(0, TAG_BYTES)
}
