import { sameBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import { accountId, type AccountId } from '../../protocol/ids.ts'
import { inTransaction } from '../platform/database.ts'
import type { Column, SealedIn } from '../vault/vault.ts'
import type { Shelf, ShelfParts } from './shelf.ts'

/** Where sealed values of accounts lie: a column of a table, and what the vault calls it. */
type Place = { readonly table: string; readonly name: string; readonly column: Column }

const PLACES = {
  accounts: [
    { table: 'accounts', name: 'address', column: 'address' },
    { table: 'accounts', name: 'password', column: 'password' },
    { table: 'totp', name: 'secret', column: 'totp' },
    { table: 'totp_enrolments', name: 'secret', column: 'totp' },
    { table: 'waiting_invitations', name: 'address', column: 'invitation' },
  ],
  sign_ups: [
    { table: 'sign_ups', name: 'address', column: 'address' },
    { table: 'sign_ups', name: 'password', column: 'password' },
  ],
} as const satisfies Record<string, readonly Place[]>

/** Ids that go together: those made together share a file of keys. */
const BATCH = 200

type Found = SealedIn & { readonly place: Place }
type Changed = Found & { readonly fresh: Uint8Array }

/** The accounts there are, or those that are about to be. */
export function accountShelf(kind: keyof typeof PLACES, parts: ShelfParts): Shelf {
  const { client, vault } = parts
  return {
    async next(after) {
      const { rows } = await client.query<{ account: string }>(
        `SELECT account FROM ${kind} WHERE account > $1 ORDER BY account LIMIT ${BATCH}`,
        [after],
      )
      return rows.map(({ account }) => account)
    },
    renew: (ids) => vault.renewKeys(idsOf(ids)),
    async reseal(ids) {
      const changed = await resealed(parts, await findValues(parts, PLACES[kind], ids))
      await inTransaction(client, () => replaceAll(parts, changed))
      return changed.length + (await reindexAll(parts, kind, ids))
    },
    retire: (ids) => vault.retireKeys(idsOf(ids)),
  }
}

function idsOf(ids: readonly string[]): AccountId[] {
  return ids.map((id) => accountId.schema.parse(id))
}

async function findValues(
  { client }: ShelfParts,
  places: readonly Place[],
  ids: readonly string[],
): Promise<Found[]> {
  const found: Found[] = []
  for (const place of places) {
    const { rows } = await client.query<{ account: string; sealed: Buffer }>(
      `SELECT account, ${place.name} AS sealed FROM ${place.table} WHERE account = ANY ($1)`,
      [ids],
    )
    for (const { account, sealed } of rows) {
      found.push({
        account: accountId.schema.parse(account),
        sealed,
        column: place.column,
        place,
      })
    }
  }
  return found
}

async function resealed({ vault, log }: ShelfParts, found: readonly Found[]): Promise<Changed[]> {
  const values = found.map(({ account, column, sealed }) => ({ account, column, sealed }))
  const all = await vault.reseal(values)
  return found.flatMap((value, index) => {
    const fresh = all[index]
    if (!fresh) log.error({ account: value.account, column: value.column }, 'a value does not open')
    return fresh && !sameBytes(fresh, value.sealed) ? [{ ...value, fresh }] : []
  })
}

async function replaceAll({ client }: ShelfParts, changed: readonly Changed[]): Promise<void> {
  for (const { account, sealed, fresh, place } of changed) {
    await client.query(
      `UPDATE ${place.table} SET ${place.name} = $1 WHERE account = $2 AND ${place.name} = $3`,
      [fresh, account, sealed],
    )
  }
}

/** Looked up by another key from now on. The addresses stay in the vault. */
async function reindexAll(
  parts: ShelfParts,
  kind: keyof typeof PLACES,
  ids: readonly string[],
): Promise<number> {
  const { client, indexKv } = parts
  // A sign-up lives for a day: it does not say which key its index is of.
  const older = kind === 'accounts' ? `AND index_kv < ${indexKv}` : ''
  const { rows } = await client.query<{ account: string; address: Buffer; old: Buffer }>(
    `SELECT account, address, address_index AS old FROM ${kind}
     WHERE account = ANY ($1) ${older}`,
    [ids],
  )
  let changed = 0
  for (const { account, address, old } of rows) {
    const index = await indexOf(parts, accountId.schema.parse(account), address)
    if (!index || sameBytes(index, old)) continue
    const version = kind === 'accounts' ? `, index_kv = ${indexKv}` : ''
    await client.query(
      `UPDATE ${kind} SET address_index = $1${version} WHERE account = $2 AND address_index = $3`,
      [index, account, old],
    )
    changed += 1
  }
  return changed
}

async function indexOf(
  { vault, log }: ShelfParts,
  account: AccountId,
  sealed: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    const [newest] = await vault.reindex({ account, sealed })
    return newest?.index
  } catch (error) {
    if (!(error instanceof PawpostError && error.reason === 'vault-sealed')) throw error
    log.error({ account }, 'an address does not open')
    return undefined
  }
}
