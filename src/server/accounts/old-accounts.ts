import type { Client } from 'pg'
import { accountId } from '../../protocol/ids.ts'
import { connect, inTransaction } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import type { Login } from '../platform/postgres/postgres.ts'
import type { AccountVault } from '../vault/vault.ts'

/** Accounts that are sealed in one transaction. */
const BATCH = 500

/**
 * Seals the accounts that were stored before there was a vault, then drops their table. Goes on
 * where an earlier start was cut off. `login` is one that may become the owner.
 */
export async function sealOldAccounts(login: Login, vault: AccountVault, log: Log): Promise<void> {
  const client = await connect(login, log)
  try {
    await client.query('SET ROLE pawpost_owner')
    const { rows } = await client.query<{ old: string | null }>(
      `SELECT to_regclass('accounts_in_clear') AS old`,
    )
    if (!rows[0]?.old) return
    let accounts = 0
    for (let some = 1; some > 0; accounts += some) {
      some = await inTransaction(client, () => sealNext(client, vault))
    }
    await inTransaction(client, () => dropOld(client))
    log.info({ accounts }, 'sealed old accounts')
  } finally {
    await client.end()
  }
}

async function dropOld(client: Client): Promise<void> {
  await client.query(
    'ALTER TABLE sessions ADD FOREIGN KEY (account) REFERENCES accounts ON DELETE CASCADE',
  )
  await client.query('DROP TABLE accounts_in_clear')
}

type Row = { account: string; address: string; password: string; created_at: Date }

/** Returns how many it sealed: 0 when none is left. */
async function sealNext(client: Client, vault: AccountVault): Promise<number> {
  const { rows } = await client.query<Row>(
    `DELETE FROM accounts_in_clear
     WHERE account IN (SELECT account FROM accounts_in_clear ORDER BY account LIMIT ${BATCH})
     RETURNING *`,
  )
  const sealed = await vault.importAccounts(
    rows.map(({ account, address, password }) => ({
      account: accountId.schema.parse(account),
      address,
      hash: password,
    })),
  )
  for (const [position, { account, index, address, password }] of sealed.entries()) {
    await client.query(
      `INSERT INTO accounts
         (account, address_index, index_kv, address, password, password_set_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      [account, index.index, index.kv, address, password, rows[position]?.created_at],
    )
  }
  return rows.length
}
