import type { HeadsEvent } from '../../protocol/api/messages.ts'
import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import { activeDevice, roleOf } from '../../protocol/log/household.ts'
import { findHousehold, type Registry } from '../households/households.ts'
import { changesOf } from '../joining/joining.ts'
import { latestOf } from '../mailbox/mailbox.ts'
import type { EventStream } from '../platform/http/events.ts'
import { createBell } from './bell.ts'
import type { Hub } from './hub.ts'

/** A watcher looks again by itself after this long: news may get lost, changes may not. */
const LOOK_AGAIN_MS = 60_000

export type Watcher = { readonly household: HouseholdId; readonly device: DeviceId }

/**
 * Sends the heads of a household at once and after every change, until the stream ends or the
 * device is no longer enrolled.
 */
export async function watch(
  { registry, hub }: { registry: Registry; hub: Hub },
  watcher: Watcher,
  stream: EventStream,
): Promise<void> {
  const bell = createBell()
  using stack = new DisposableStack()
  stack.use(hub.subscribe(watcher.household, () => bell.ring()))
  let sent = ''
  while (!stream.signal.aborted) {
    const heads = await readHeads(registry, watcher)
    if (!heads) return
    const text = JSON.stringify(heads)
    if (text !== sent) stream.send('heads', heads)
    sent = text
    await bell.wait(LOOK_AGAIN_MS, stream.signal)
  }
}

/** How long the log and each own mailbox are; nothing for a device that is not enrolled. */
async function readHeads(
  registry: Registry,
  { household: id, device: by }: Watcher,
): Promise<HeadsEvent | undefined> {
  const household = await findHousehold(registry, id)
  const device = household && activeDevice(household, by)
  if (!device) return undefined
  const isGuardian = roleOf(household, device) === 'guardian'
  const [mailboxes, requests] = await Promise.all([
    latestOf(registry, household, device),
    isGuardian ? changesOf(registry, id) : 0,
  ])
  return { log: household.hashes.length, mailboxes, requests }
}
