import { newCard, openCard } from '../../src/keys/card.ts'
import { randomBytes, type Device } from '../../src/keys/device.ts'
import { boxKeys, proposeBox, proposeCard } from '../../src/keys/enrolling.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import {
  proposeAdd,
  proposeAddDevice,
  proposeInvite,
  proposeRemove,
  proposeRevokeDevice,
  proposeRotate,
} from '../../src/keys/links.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { inviteId, type DeviceId, type PrincipalId } from '../../src/protocol/ids.ts'
import { NOTHING_SENT } from '../../src/protocol/log/membership.ts'
import { askToJoin, keyringOf } from '../harness/family.ts'
import {
  addDevice,
  admit,
  endDevice,
  endPerson,
  heldBy,
  nextEpoch,
  ownerOf,
  purseOf,
  replaceCard,
} from './ledger.ts'
import { at, deviceOf, newPhone, people, pick, senders, take, type World } from './world.ts'

/** Which op, by whom and about whom, as numbers to be reduced. */
export type Choice = { readonly op: number; readonly by: number; readonly about: number }

/** One step of a history, told twice; false where it is not open at its moment. */
export type Move = (world: World, choice: Choice) => Promise<boolean>

const WEEK = 7 * 24 * 60 * 60 * 1000

export async function admitSomebody(world: World, { by, about }: Choice): Promise<boolean> {
  const guardian = pick(senders(world, 'guardian'), by)
  const role = pick(['relative', 'guardian', 'toy', 'relative'] as const, about)
  if (!guardian || !role) return false
  const { family } = world
  const device = deviceOf(world, guardian)
  const joiner = { person: newPrincipalId(), device: await newPhone() }
  const invited = { id: inviteId.from(randomBytes(16)), role, key: await joinKey(randomBytes(16)) }
  const terms = { id: invited.id, role, join: invited.key.sig, expires: world.now + WEEK }
  take(world, await proposeInvite(at(world, device), terms))
  const request = await askToJoin(family, invited, joiner)
  take(world, await proposeAdd(at(world, device), await keyringOf(family, device), request))
  world.devices.set(joiner.device.id, joiner.device)
  admit(world.ledger, guardian, { person: joiner.person, role, device: joiner.device.id })
  return true
}

/** A second phone, enrolled by the first, or by the card. */
export async function addPhone(world: World, { by, about }: Choice): Promise<boolean> {
  const phones = senders(world, 'guardian', 'relative')
  const cards = [...world.ledger.people.values()].flatMap(({ card }) => (card ? [card] : []))
  const from = pick(about % 3 === 0 && cards.length > 0 ? cards : phones, by)
  if (!from) return false
  const old = deviceOf(world, from)
  const phone = await newPhone()
  const keyring = await keyringOf(world.family, old)
  take(world, await proposeAddDevice(at(world, old), keyring, phone))
  world.devices.set(phone.id, phone)
  addDevice(world.ledger, from, phone.id)
  return true
}

/** A phone or toy ends that is not its owner's last: by the owner, or by a guardian for others. */
export async function endPhone(world: World, { by, about }: Choice): Promise<boolean> {
  const { ledger } = world
  const several = [...ledger.people.values()].filter(({ devices }) => devices.size > 1)
  const owner = pick(several, about)
  const ending = owner && pick([...owner.devices], by)
  if (!owner || !ending) return false
  const own = [...owner.devices].filter((id) => id !== ending)
  const allowed = owner.role === 'guardian' ? own : [...own, ...senders(world, 'guardian')]
  const signer = pick(allowed, by + about)
  if (!signer) return false
  const last = world.last.get(ending) ?? NOTHING_SENT
  const proposal = await proposeRevokeDevice(at(world, deviceOf(world, signer)), ending, last)
  take(world, proposal, [ending])
  endDevice(ledger, ending)
  return true
}

/** A relative, toy or box is removed, or somebody leaves by themself. */
export async function endSomebody(world: World, { by, about }: Choice): Promise<boolean> {
  const guardians = people(world, 'guardian')
  const leaving = pick([...world.ledger.people.keys()], about)
  const known = leaving && world.ledger.people.get(leaving)
  if (!known) return false
  if (known.role === 'guardian' && guardians.length < 2) return false
  const own = ['guardian', 'relative'].includes(known.role) ? [...known.devices] : []
  const others = known.role === 'guardian' ? [] : senders(world, 'guardian')
  const signer = pick([...own, ...others], by)
  if (!signer) return false
  await removePerson(world, leaving, deviceOf(world, signer))
  return true
}

/** Ends a person by a link of this device, which may do so. */
export async function removePerson(
  world: World,
  leaving: PrincipalId,
  signer: Device,
  consents?: Parameters<typeof proposeRemove>[3],
): Promise<void> {
  const proposal = await proposeRemove(at(world, signer), leaving, world.last, consents)
  const { devices, card } = world.ledger.people.get(leaving) ?? { devices: [], card: undefined }
  take(world, proposal, [...devices, ...(card ? [card] : [])])
  endPerson(world.ledger, leaving)
}

export async function rotateHeld(world: World, { by, about }: Choice): Promise<boolean> {
  const device = pick(senders(world, 'guardian', 'relative'), by)
  if (!device) return false
  const of = pick(heldBy(world.ledger, ownerOf(world.ledger, device)[0]), about)
  if (!of) return false
  take(world, await proposeRotate(at(world, deviceOf(world, device)), of))
  nextEpoch(world.ledger, of)
  return true
}

export async function printCard(world: World, { by }: Choice): Promise<boolean> {
  const guardian = pick(senders(world, 'guardian'), by)
  if (!guardian) return false
  const device = deviceOf(world, guardian)
  const card = await openCard(newCard())
  const old = ownerOf(world.ledger, guardian)[1].card
  const keyring = await keyringOf(world.family, device)
  take(world, await proposeCard(at(world, device), keyring, card), old ? [old] : [])
  world.devices.set(card.id, card)
  replaceCard(world.ledger, guardian, card.id)
  return true
}

export async function openBox(world: World, { by }: Choice): Promise<boolean> {
  const guardian = pick(senders(world, 'guardian'), by)
  if (!guardian) return false
  const box = await boxKeys(randomBytes(16))
  const terms = { id: newPrincipalId(), expires: world.now + 52 * WEEK }
  take(world, await proposeBox(at(world, deviceOf(world, guardian)), box, terms))
  world.devices.set(box.id, box)
  const { id: person, expires } = terms
  admit(world.ledger, guardian, { person, role: 'box', device: box.id, expires })
  return true
}

/** Somebody copies what a phone or card holds now. */
export async function steal(world: World, { about }: Choice): Promise<boolean> {
  const active = [...world.ledger.people.values()].flatMap(({ devices, card }) => [
    ...devices,
    ...(card ? [card] : []),
  ])
  const device = pick(active, about)
  if (!device) return false
  const keys = new Set(purseOf(world.ledger, device))
  world.thefts.push({ device, keys, at: world.family.household })
  return true
}

/** The devices of a list of people who speak in votes: the first phone of each. */
export function voiceOf({ ledger }: World, person: PrincipalId): DeviceId | undefined {
  return [...(ledger.people.get(person)?.devices ?? [])][0]
}
