import type { AccountId } from '../../protocol/ids.ts'
import type { Database } from '../tables.ts'

/** A recovery card, sealed for a passkey. */
export type WrappedCard = { readonly credential: Uint8Array; readonly wrapped: Uint8Array }

export function readWrappedCards(db: Database, account: AccountId): Promise<WrappedCard[]> {
  return db
    .selectFrom('wrapped_cards')
    .select(['credential', 'wrapped'])
    .where('account', '=', account)
    .orderBy('credential')
    .execute()
}

/** Keeps a card for a passkey of the account; false where it has no such passkey. */
export async function putWrappedCard(
  db: Database,
  account: AccountId,
  { credential, wrapped }: WrappedCard,
): Promise<boolean> {
  const row = await db
    .insertInto('wrapped_cards')
    .columns(['credential', 'account', 'wrapped'])
    .expression((each) =>
      each
        .selectFrom('passkeys')
        .select(['credential', 'account', each.val(wrapped).as('wrapped')])
        .where('credential', '=', Buffer.from(credential))
        .where('account', '=', account),
    )
    .onConflict((conflict) => conflict.column('credential').doUpdateSet({ wrapped }))
    .returning('credential')
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteWrappedCard(
  db: Database,
  account: AccountId,
  credential: Uint8Array,
): Promise<void> {
  await db
    .deleteFrom('wrapped_cards')
    .where('account', '=', account)
    .where('credential', '=', credential)
    .execute()
}
