import { PawpostError } from '../../protocol/errors.ts'
import { activeDevice } from '../../protocol/log/household.ts'
import { findHousehold } from '../households/households.ts'
import type { PushOutcome } from '../platform/push.ts'
import { hasDevice } from '../sessions/sessions.ts'
import type { PushName, PushTerms } from '../vault/vault.ts'
import { giveUp, noteRung, postponePush, type DuePush } from './due.ts'
import type { Notices } from './parts.ts'
import { deletePush } from './store.ts'

const SECOND = 1000
/** How long after each failure a push is tried again; then it is given up until more comes. */
const AGAIN_MS = [30 * SECOND, 120 * SECOND, 600 * SECOND, 1800 * SECOND]

/** A browser that is not reached for a day opens the app without being told. */
const DAY_S = 24 * 3600

/**
 * Rings one device. Every push is the same, whatever it is for; and of those that a push service has
 * not delivered yet it keeps one.
 */
export async function pushTo(notices: Notices, due: DuePush): Promise<void> {
  const { db, clock, vault, door, log } = notices
  if (!(await mayBeTold(notices, due))) return deletePush(db, due)
  const ready = await vault.preparePush(due, termsOf(notices)).catch((error: unknown) => {
    if (error instanceof PawpostError && error.reason === 'vault-sealed') return undefined
    throw error
  })
  if (!ready) {
    log.error({ device: due.device }, 'a browser does not open')
    return giveUp(db, due)
  }
  const outcome = await door.post(ready)
  if (outcome.is === 'taken') return noteRung(db, due, new Date(clock.now()))
  if (outcome.is === 'gone') return deletePush(db, due, due.sealed)
  if (outcome.is === 'later') return tryLater(notices, due, outcome)
  log.warn({ device: due.device }, 'a push was refused')
  return giveUp(db, due)
}

/** While the device is in its family, and somebody is signed in with it. */
export async function mayBeTold(notices: Notices, name: PushName): Promise<boolean> {
  const household = await findHousehold(notices.registry, name.household)
  if (!household || !activeDevice(household, name.device)) return false
  return isSignedIn(notices, name)
}

export async function isSignedIn(
  { db, clock, vault }: Notices,
  { device }: PushName,
): Promise<boolean> {
  return hasDevice(db, await vault.deviceTag(device), clock.now())
}

async function tryLater(
  { db, clock, log }: Notices,
  due: DuePush,
  { afterMs }: Extract<PushOutcome, { is: 'later' }>,
): Promise<void> {
  const pause = AGAIN_MS[due.tries - 1]
  if (pause !== undefined) {
    return postponePush(db, due, new Date(clock.now() + Math.max(pause, afterMs ?? 0)))
  }
  log.warn({ device: due.device }, 'a push was given up')
  return giveUp(db, due)
}

function termsOf({ origins }: Notices): PushTerms {
  const { canonical } = origins()
  const { protocol, hostname } = new URL(canonical)
  const contact = protocol === 'https:' ? canonical : `mailto:pawpost@${hostname}`
  return { seconds: DAY_S, urgency: 'normal', topic: 'post', contact }
}
