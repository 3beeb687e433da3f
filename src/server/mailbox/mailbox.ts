import { MAILBOX_PAGE } from '../../protocol/api/messages.ts'
import { sameBytes } from '../../protocol/bytes.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { DeviceId, HouseholdId, MessageId, PrincipalId } from '../../protocol/ids.ts'
import {
  activeDevice,
  heldBy,
  roleOf,
  type Device,
  type Household,
} from '../../protocol/log/household.ts'
import { pidsOf, type Addressee } from '../../protocol/message/addressees.ts'
import { readFrame, type Frame } from '../../protocol/message/outer.ts'
import { demand } from '../../protocol/message/refusals.ts'
import { mayAddress } from '../../protocol/message/verify.ts'
import { admitFromBox } from '../boxes/boxes.ts'
import {
  findHousehold,
  householdOf,
  type Arrival,
  type Registry,
} from '../households/households.ts'
import { findRecording, keepRecording } from '../recordings/recordings.ts'
import { makeRoom } from '../space/space.ts'
import * as store from './store.ts'

/** A message, and the device that calls about it. */
export type Call = {
  readonly household: HouseholdId
  readonly message: MessageId
  readonly signer: DeviceId
}

/** Times a send starts over because the log moved on in between. */
const ATTEMPTS = 5

/**
 * Stores a sealed message: recording, message and a numbered entry in each addressee's mailbox, in
 * one commit. When this returns it is durable. The same bytes again change nothing.
 *
 * Throws `message-refused` with a reason, `message-conflict` for other bytes under a known id,
 * `device-refused` for a recovery card, `not-found` for a device that was just revoked, and
 * `too-many` (`box-day`) for a drop-box that sent enough, `family-full` and `family-busy`.
 */
export async function sendMessage(registry: Registry, call: Call, body: Uint8Array): Promise<void> {
  const frame = readFrame(body)
  const { hid, mid, by } = frame.outer
  demand(hid === call.household, 'household-differs')
  demand(mid === call.message, 'id-differs')
  demand(by === call.signer, 'sender-differs')
  // What is stored stays accepted, whatever changed in the family since.
  if (await isKnown(registry, call, frame)) return
  let household = registry.states.lastKnown(call.household)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    household ??= await householdOf(registry, call.household)
    demandAllowed(household, call.signer, frame)
    demandInTime(household, call.signer, registry.clock.now())
    const outcome = await insert(registry, household, frame)
    if (outcome === 'stored') return registry.announce(household.id, arrivalOf(household, frame))
    if (outcome === 'known' && (await isKnown(registry, call, frame))) return
    household = undefined
  }
  throw new PawpostError('busy')
}

function arrivalOf(household: Household, { outer }: Frame): Arrival {
  return { household, by: outer.by, to: pidsOf(outer.to), size: outer.size }
}

/** Whether these very bytes are stored under this id. Throws `message-conflict` for others. */
async function isKnown(registry: Registry, call: Call, { envelope }: Frame): Promise<boolean> {
  const known = await store.readEnvelope(registry.db, call)
  // An envelope names the hash of its ciphertext.
  if (known && !sameBytes(known, envelope)) throw new PawpostError('message-conflict')
  return known !== undefined
}

function demandAllowed(household: Household, signer: DeviceId, { outer }: Frame): void {
  const sender = activeDevice(household, signer)
  if (!sender) throw new PawpostError('not-found')
  if (sender.card) throw new PawpostError('device-refused', 'card')
  const isHere = ({ pid, epoch }: Addressee): boolean => {
    const principal = household.principals.get(pid)
    return principal?.until === undefined && principal?.epochs[epoch - 1] !== undefined
  }
  demand(outer.to.every(isHere), 'addressee-unknown')
  demand(mayAddress(household, sender, pidsOf(outer.to)), 'role-forbidden')
}

/** A drop-box stops when our clock says so, whatever its messages claim. */
function demandInTime(household: Household, signer: DeviceId, now: number): void {
  const person = household.devices.get(signer)?.person
  const { expires = Infinity } = (person && household.principals.get(person)) || {}
  demand(now <= expires, 'sender-expired')
}

function insert(
  { db, clock, space }: Registry,
  household: Household,
  { outer, envelope, ciphertext }: Frame,
): Promise<store.Insertion> {
  const message = { id: outer.mid, envelope, to: pidsOf(outer.to) }
  return db.transaction().execute(async (transaction) => {
    const outcome = await store.insertMessage(transaction, household, message)
    const key = { household: household.id, message: outer.mid }
    if (outcome !== 'stored') return outcome
    if (isBox(household, outer.by)) {
      const sent = { household: household.id, box: outer.by, size: outer.size }
      await admitFromBox(transaction, clock, sent)
    }
    const taken = { size: outer.size, bytes: ciphertext.length }
    await makeRoom({ transaction, clock, space }, household.id, taken)
    await keepRecording(transaction, key, ciphertext)
    return outcome
  })
}

function isBox(household: Household, by: DeviceId): boolean {
  const device = household.devices.get(by)
  return device !== undefined && roleOf(household, device) === 'box'
}

/**
 * A page of a mailbox after a number, and the number of its newest entry. Throws `not-found` for
 * mailboxes that the device does not hold.
 */
export async function readMailbox(
  registry: Registry,
  call: { household: HouseholdId; principal: PrincipalId; signer: DeviceId },
  after: number,
): Promise<{ entries: store.Entry[]; latest: number }> {
  const mine = await mailboxesOf(registry, call)
  if (!mine.includes(call.principal)) throw new PawpostError('not-found')
  return store.readEntries(registry.db, call, after, MAILBOX_PAGE)
}

/**
 * The ciphertext of a message in a mailbox that the device holds. Throws `not-found` for all
 * others, whether they exist or not.
 */
export async function readMessage(registry: Registry, call: Call): Promise<Uint8Array> {
  const mine = await mailboxesOf(registry, call)
  const isMine = await store.isAddressed(registry.db, call, mine)
  const ciphertext = isMine ? await findRecording(registry.db, call) : undefined
  if (!ciphertext) throw new PawpostError('not-found')
  return ciphertext
}

/** The number of the newest entry of each mailbox that a device holds. */
export async function latestOf(
  { db }: Registry,
  household: Household,
  device: Device,
): Promise<Record<PrincipalId, number>> {
  const mine = heldBy(household, device)
  const latest = await store.readLatest(db, household.id, mine)
  return Object.fromEntries(mine.map((principal) => [principal, latest.get(principal) ?? 0]))
}

async function mailboxesOf(
  registry: Registry,
  call: { household: HouseholdId; signer: DeviceId },
): Promise<readonly PrincipalId[]> {
  const household = await findHousehold(registry, call.household)
  const device = household && activeDevice(household, call.signer)
  if (!device) throw new PawpostError('not-found')
  return heldBy(household, device)
}
