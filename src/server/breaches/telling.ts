import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { PawpostError } from '../../protocol/errors.ts'
import type { AccountId } from '../../protocol/ids.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Outbox } from '../platform/mail.ts'
import type { Database } from '../tables.ts'
import type { AccountVault } from '../vault/vault.ts'
import { breachMail } from './mails.ts'
import { countTold, mailsTold, nextToTell, noteTold, type Owner } from './store.ts'

export type TellingParts = {
  readonly db: Database
  readonly vault: Pick<AccountVault, 'openAddress'>
  readonly outbox: Outbox
  readonly clock: Clock
  readonly log: Log
  /** Where owners reach Pawpost. */
  readonly origin: string
}

/**
 * Owners that are told in any hour. The vault opens 200 addresses an hour: the other half is for
 * people who wait for a code.
 */
export const TOLD_PER_HOUR = 100

const HOUR_MS = 3_600_000
const LOOK_MS = 15_000

/** Tells the owners that are to be told, while the server runs. */
export interface Telling extends AsyncDisposable {
  /** There is somebody to tell: looks at once. */
  look(): void
}

/**
 * Mails every owner whose address was found in a breach, once, in the pace that the vault allows.
 * A mail is held back until the database says that its owner is told, in one commit with whatever
 * says so: a process that is killed at any moment leaves it sent or unsent, and never sends it twice.
 */
export function watchBreaches(parts: TellingParts): Telling {
  const stopping = new AbortController()
  const { signal } = stopping
  let wake = new AbortController()
  let isWanted = false
  const watch = async (): Promise<void> => {
    const unopened = new Set<AccountId>()
    while (!signal.aborted) {
      isWanted = false
      await tellAll(parts, unopened, signal).catch((error: unknown) => complain(parts.log, error))
      if (isWanted) continue
      const woken = AbortSignal.any([signal, wake.signal])
      await sleep(LOOK_MS, undefined, { signal: woken }).catch(() => undefined)
    }
  }
  const watching = watch()
  return {
    look() {
      isWanted = true
      wake.abort()
      wake = new AbortController()
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await watching
    },
  }
}

/** A vault that is away or has no budget left is asked again later. */
function complain(log: Log, error: unknown): void {
  const later = error instanceof PawpostError && error.code === 'busy'
  if (!later) log.error({ err: error }, 'owners could not be told of a breach')
}

/** Those whose address does not open are told nothing, and keep nobody else waiting. */
async function tellAll(
  parts: TellingParts,
  unopened: Set<AccountId>,
  signal: AbortSignal,
): Promise<void> {
  const { db, clock, log } = parts
  await settleHeld(parts)
  while (!signal.aborted) {
    const owner = await nextToTell(db, [...unopened])
    if (!owner) return
    if ((await countTold(db, new Date(clock.now() - HOUR_MS))) >= TOLD_PER_HOUR) return
    try {
      await tellOne(parts, owner)
    } catch (error) {
      if (!(error instanceof PawpostError && error.reason === 'vault-sealed')) throw error
      log.error({ account: owner.account }, 'an address does not open')
      unopened.add(owner.account)
    }
  }
}

/** What an earlier process held when it ended: it leaves if its owner is noted as told. */
async function settleHeld({ db, outbox }: TellingParts): Promise<void> {
  const held = await outbox.held()
  if (held.length === 0) return
  const told = await mailsTold(db, held)
  for (const name of held) await (told.has(name) ? outbox.release(name) : outbox.drop(name))
}

async function tellOne(parts: TellingParts, owner: Owner): Promise<void> {
  const { db, vault, outbox, clock, origin } = parts
  const { account, address: sealed, language, passwordSetAt } = owner
  const name = randomBytes(8).toString('hex')
  const isHeld = await db.transaction().execute(async (transaction) => {
    const at = new Date(clock.now())
    const findings = await noteTold(transaction, account, { at, mail: name })
    // Another process was faster.
    if (findings.length === 0) return false
    const to = await vault.openAddress({ account, sealed }, 'notice')
    await outbox.hold(name, breachMail({ to, language }, findings, { passwordSetAt, origin }))
    return true
  })
  if (isHeld) await outbox.release(name)
}
