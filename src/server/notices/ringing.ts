import type { DeviceId, HouseholdId } from '../../protocol/ids.ts'
import { heldBy, roleOf, type Device, type Household } from '../../protocol/log/household.ts'
import { BUCKETS } from '../../protocol/message/outer.ts'
import type { Arrival, Knock } from '../households/households.ts'
import type { Notices } from './parts.ts'
import * as store from './store.ts'

/**
 * How long a device has to look by itself: one that is connected does so at once, and is not rung.
 * One whose connection only seems to be there, as that of a phone that sleeps, is.
 */
const PUSH_GRACE_MS = 5000
/** A device is rung once in that long, whatever comes. */
const PUSH_PAUSE = '60 seconds'
/** How long a person has to look before they are mailed. */
const MAIL_GRACE_MS = 10 * 60_000

/** What fits into the smallest size is never a voice of more than a moment: names, marks, receipts. */
const LEAST = BUCKETS[0] ?? 0

/**
 * Something waits: a message, for whoever reads a mailbox in which it lies, except its speaker; or
 * somebody who asks to come in, for the guardians. They are told the same. Never throws: what waits
 * is safe, whatever becomes of the news.
 */
export async function noteNews(notices: Notices, news: Arrival | Knock): Promise<void> {
  const { db, clock } = notices
  const household = 'knockedAt' in news ? news.knockedAt : news.household
  const told = 'knockedAt' in news ? guardians(household) : receivers(news)
  if (told.length === 0) return
  const now = clock.now()
  const times = {
    pushAt: new Date(now + PUSH_GRACE_MS),
    pushPause: PUSH_PAUSE,
    mailAt: new Date(now + MAIL_GRACE_MS),
  }
  await attempt(notices, () => store.makeDue(db, membersOf(household.id, told), times))
}

/** Only they can let somebody in. */
function guardians(household: Household): readonly Device[] {
  return present(household).filter((device) => roleOf(household, device) === 'guardian')
}

function receivers({ household, by, to, size }: Arrival): readonly Device[] {
  if (size <= LEAST) return []
  const speaker = household.devices.get(by)?.person
  return present(household).filter(
    (device) =>
      device.person !== speaker && heldBy(household, device).some((pid) => to.includes(pid)),
  )
}

/** The devices that are enrolled; cards lie in a drawer. */
function present({ devices }: Household): readonly Device[] {
  return [...devices.values()].filter(({ card, until }) => !card && until === undefined)
}

function membersOf(household: HouseholdId, devices: readonly Device[]): store.Members {
  const people = [...new Set(devices.map(({ person }) => person))]
  return { household, devices: devices.map(({ id }) => id), people }
}

/** A device looked into a mailbox by itself. Never throws. */
export async function noteVisit(
  notices: Notices,
  { household, device }: { household: HouseholdId; device: DeviceId },
): Promise<void> {
  const person = notices.registry.states.lastKnown(household)?.devices.get(device)?.person
  if (!person) return
  await attempt(notices, () => store.settleVisit(notices.db, { household, device, person }))
}

/** Something else of a household changed: who is not in it any more is told nothing. Never throws. */
export async function noteChange(notices: Notices, id: HouseholdId): Promise<void> {
  const household = notices.registry.states.lastKnown(id)
  if (!household) return
  const members = membersOf(id, present(household))
  await attempt(notices, () => store.keepOnly(notices.db, members))
}

async function attempt({ log }: Notices, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (err) {
    log.warn({ err }, 'whom to tell of post could not be noted')
  }
}
