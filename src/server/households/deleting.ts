import { isSignedStatement, signedStatementBytes } from '../../protocol/api/deletions.ts'
import type { DeletionCertificate, DeletionStatement } from '../../protocol/api/deletions.ts'
import { sameBytes, toBase64url, toHex } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import { activeDevice, guardiansOf, headOf, type Household } from '../../protocol/log/household.ts'
import type { Log } from '../platform/log.ts'
import type { Database } from '../tables.ts'
import type { SigningVault, WrapVault } from '../vault/vault.ts'
import * as deletions from './deleting-store.ts'
import type { Registry } from './households.ts'
import * as store from './store.ts'

const NOTE =
  'Every row that named the household is deleted, and the keys under which this server sealed its ' +
  'secrets are destroyed: what older backups hold of it opens no more. Space that was freed on ' +
  'disks is written over in time. What its members received stays on their own devices.'

type Wish = {
  readonly household: HouseholdId
  readonly signer: DeviceId
  /** Hash of the newest link that the guardian knows. */
  readonly head: Uint8Array
}

/**
 * Ends a household for its only guardian, who knows all of its log: rows in one commit, then the keys
 * in the vault. A crash between the two is made good at the next start. Throws `device-refused`,
 * `guardians-left`, and `log-conflict` where the log has moved on.
 */
export async function endHousehold(
  parts: Registry & {
    readonly signing: SigningVault
    readonly origin: () => string
    readonly log: Log
  },
  wish: Wish,
): Promise<DeletionCertificate> {
  const { db, clock, vault, states, log } = parts
  const { household, deleted } = await db.transaction().execute(async (transaction) => {
    const standing = await store.lockStanding(transaction, wish.household)
    if (!standing) throw new PawpostError('not-found')
    const before = await states.at(transaction, wish.household, standing)
    demandMay(before, wish)
    return {
      household: before,
      deleted: await deletions.deleteHousehold(transaction, wish.household),
    }
  })
  states.forget(wish.household)
  await forgetEnded({ db, vault, log })
  parts.announce(wish.household)
  const { seq, hash } = headOf(household)
  return certified(parts.signing, {
    v: 1,
    household: household.id,
    links: seq + 1,
    head: toHex(hash),
    deletedAt: new Date(clock.now()).toISOString(),
    deleted,
    keysDestroyed: true,
    server: parts.origin(),
    note: NOTE,
  })
}

/** Others agree by leaving first: then one guardian is left, and it is theirs alone to end. */
function demandMay(household: Household, { signer, head }: Wish): void {
  const device = activeDevice(household, signer)
  const guardians = guardiansOf(household)
  const isGuardian = guardians.some(({ id }) => id === device?.person)
  if (!device || device.card || !isGuardian) throw new PawpostError('device-refused')
  if (guardians.length > 1) throw new PawpostError('guardians-left')
  if (!sameBytes(head, headOf(household).hash)) throw new PawpostError('log-conflict')
}

async function certified(
  vault: SigningVault,
  statement: DeletionStatement,
): Promise<DeletionCertificate> {
  const text = `${JSON.stringify(statement, null, 2)}\n`
  const key = await vault.signingKey('deletion')
  const signature = await vault.sign('deletion', signedStatementBytes(text))
  if (!isSignedStatement(text, signature, key)) throw new PawpostError('internal', 'signature')
  return { statement: text, key: toBase64url(key), signature: toBase64url(signature) }
}

/** Destroys the keys of households that are gone. Repeatable. */
export async function forgetEnded(parts: {
  readonly db: Database
  readonly vault: Pick<WrapVault, 'forgetHousehold'>
  readonly log: Log
}): Promise<void> {
  const leaving = await deletions.readLeaving(parts.db)
  for (const household of leaving) {
    await parts.vault.forgetHousehold(household)
    await deletions.deleteLeaving(parts.db, household)
  }
  if (leaving.length > 0) {
    parts.log.info({ households: leaving.length }, 'destroyed the keys of ended households')
  }
}

/** Throws `household-ended` for a household that was ended here: it can never come back. */
export async function demandNotEnded(db: Database, household: HouseholdId): Promise<void> {
  if (await deletions.isEnded(db, household)) throw new PawpostError('household-ended')
}
