import { createECDH } from 'node:crypto'
import type { MailPace, NoticesState, PushSubscriptionGiven } from '../../protocol/api/notices.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import { activeDevice, heldBy } from '../../protocol/log/household.ts'
import { householdOf } from '../households/households.ts'
import { decodeBase64, encodeBase64 } from '../platform/base64.ts'
import type { SessionCaller } from '../platform/http/callers.ts'
import { bindDevice } from '../sessions/sessions.ts'
import type { Notices } from './parts.ts'
import { stopCode, stopTag } from './stop-codes.ts'
import * as store from './store.ts'

export { noteChange, noteNews, noteVisit } from './ringing.ts'
export { watchNotices } from './watch.ts'
export type { Notices } from './parts.ts'

/** A device of a household that calls in a session. */
export type NoticeCall = {
  readonly household: HouseholdId
  readonly device: DeviceId
  readonly caller: SessionCaller
}

/** How the person of a device is told. Throws `not-found`. */
export async function stateOf(notices: Notices, call: NoticeCall): Promise<NoticesState> {
  const { db, vault, pushes } = notices
  const { push, pace } = await store.readState(db, await memberOf(notices, call))
  return {
    ...(pushes && { key: encodeBase64(await vault.pushKey()) }),
    push,
    ...(pace && { mail: pace }),
  }
}

/**
 * Pushes to a device from now on, while the session lasts that asked for it. Throws `push-unknown`
 * for an address that is none of a known push service, `bad-request` for what is no key, and
 * `device-refused` for what receives nothing.
 */
export async function startPush(
  notices: Notices,
  call: NoticeCall,
  given: PushSubscriptionGiven,
): Promise<void> {
  const { db, vault } = notices
  const { household, device } = await receiverOf(notices, call)
  const endpoint = notices.door.allows(given.endpoint)?.href
  if (endpoint === undefined) throw new PawpostError('push-unknown')
  const [p256dh, auth] = [pointOf(given.p256dh), decodeBase64(given.auth)]
  const sealed = await vault.sealBrowser({ household, device }, { endpoint, p256dh, auth })
  await bindDevice(db, call.caller, await vault.deviceTag(device))
  await store.upsertPush(db, { household, device, sealed })
}

/** A point on P-256, as web push encrypts to. */
function pointOf(text: string): Uint8Array {
  const point = decodeBase64(text)
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  try {
    curve.computeSecret(point)
  } catch {
    throw new PawpostError('bad-request', 'body.p256dh')
  }
  return point
}

/** Pushes to a device no more, enrolled or ended. */
export async function stopPush(
  { db }: Notices,
  { household, device }: Omit<NoticeCall, 'caller'>,
): Promise<void> {
  await store.deletePush(db, { household, device })
}

/** Mails the account of a session when post waits for the person of a device. */
export async function startMail(notices: Notices, call: NoticeCall, pace: MailPace): Promise<void> {
  const { db, vault, stopKey } = notices
  const { household, person } = await receiverOf(notices, call)
  const { account } = call.caller
  const sealed = await vault.sealMailLink({ household, person }, account)
  const stop = stopTag(stopKey, stopCode(stopKey, { household, person }, account))
  await store.upsertMail(db, { household, person, sealed }, { stop, pace })
}

export async function stopMail(notices: Notices, call: NoticeCall): Promise<void> {
  const { household, person } = await memberOf(notices, call)
  await store.deleteMail(notices.db, { household, person })
}

/** Ends mails by the code of any of them. Throws `code-wrong`, also for one that was used. */
export async function stopMailBy({ db, stopKey }: Notices, code: Uint8Array): Promise<void> {
  if (!(await store.deleteMailBy(db, stopTag(stopKey, code)))) throw new PawpostError('code-wrong')
}

async function memberOf(
  { registry }: Notices,
  call: Pick<NoticeCall, 'household' | 'device'>,
): Promise<store.Member> {
  const household = await householdOf(registry, call.household)
  const device = activeDevice(household, call.device)
  if (!device) throw new PawpostError('not-found')
  return { household: household.id, device: device.id, person: device.person }
}

/** A device that somebody looks at: no recovery card, nothing that only sends. */
async function receiverOf(notices: Notices, call: NoticeCall): Promise<store.Member> {
  const member = await memberOf(notices, call)
  const household = await householdOf(notices.registry, call.household)
  const device = household.devices.get(member.device)
  if (!device || device.card || heldBy(household, device).length === 0) {
    throw new PawpostError('device-refused', 'card')
  }
  return member
}
