import { sha256 } from '@noble/hashes/sha2.js'
import { generateSeeds, loadDevice, randomBytes, type Device } from '../../src/keys/device.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { addSecret, EMPTY_KEYRING, type Keyring } from '../../src/keys/keyring.ts'
import {
  proposeAdd,
  proposeAddDevice,
  proposeGenesis,
  proposeInvite,
  publicKeys,
  type JoinRequest,
  type Proposal,
  type Standing,
} from '../../src/keys/links.ts'
import { newPrincipal, newPrincipalId, openWrap } from '../../src/keys/principal.ts'
import { toHex } from '../../src/protocol/bytes.ts'
import { toCbor } from '../../src/protocol/cbor.ts'
import { inviteId, type InviteId, type PrincipalId } from '../../src/protocol/ids.ts'
import type { Household } from '../../src/protocol/log/household.ts'
import { commitmentTo, deviceSignedBytes, inviteSignedBytes } from '../../src/protocol/log/join.ts'
import type { JoinRequestBody, LastMessage, MemberRole } from '../../src/protocol/log/ops.ts'
import { applyLink, verifyLog } from '../../src/protocol/log/verify.ts'

/** A household as its honest members and server have it: the log, and every wrap by its hash. */
export type Family = {
  household: Household
  readonly links: Uint8Array[]
  readonly wraps: Map<string, Uint8Array>
}

/** Somebody with a device of their own. */
export type Party = { readonly person: PrincipalId; readonly device: Device }

/** When everything in this harness happens, in milliseconds since 1970. */
export const NOW = Date.UTC(2026, 4, 1)
const WEEK = 7 * 24 * 60 * 60 * 1000

/** A last message with so many before it. */
export function counted(n: number): LastMessage {
  return { n, hash: new Uint8Array(32).fill(n) }
}

/** A new device with keys of its own. */
export function newDevice(): Promise<Device> {
  return loadDevice(generateSeeds())
}

/** A household with one guardian and a recovery card. */
export async function foundFamily(): Promise<{ family: Family; guardian: Party; card: Device }> {
  const [device, card] = await Promise.all([newDevice(), newDevice()])
  const genesis = await proposeGenesis(device, card, NOW)
  const family: Family = { household: verifyLog([genesis.link]), links: [], wraps: new Map() }
  keep(family, genesis)
  return { family, guardian: { person: genesis.person, device }, card }
}

export type WholeFamily = Record<'mum' | 'dad' | 'grandma' | 'toy', Party> & {
  readonly family: Family
  readonly card: Device
}

/** Everybody there is: two guardians, the first with a card; a relative; a toy. */
export async function wholeFamily(): Promise<WholeFamily> {
  const { family, guardian: mum, card } = await foundFamily()
  const grandma = await admit(family, mum, 'relative')
  const toy = await admit(family, mum, 'toy')
  const dad = await admit(family, mum, 'guardian')
  return { family, mum, dad, grandma, toy, card }
}

/** A copy that grows on its own: what another replica of the log would be. */
export function copyOf({ household, links, wraps }: Family): Family {
  return { household, links: [...links], wraps: new Map(wraps) }
}

/** Where somebody's device stands: what the makers of links take first. */
export function standing({ household }: Family, device: Device, now = NOW): Standing {
  return { household, device, now }
}

/** Verifies a link and appends it. */
export function append(family: Family, proposal: Proposal): void {
  family.household = applyLink(family.household, proposal.link)
  keep(family, proposal)
}

function keep(family: Family, { link, wraps }: Proposal): void {
  family.links.push(link)
  keepWraps(family, wraps)
}

function keepWraps(family: Family, wraps: readonly Uint8Array[]): void {
  for (const wrap of wraps) family.wraps.set(toHex(sha256(wrap)), wrap)
}

/** An invitation in the log, and the key that its link carries. */
export type Invited = { readonly id: InviteId; readonly role: MemberRole; readonly key: Device }

export async function invite(family: Family, by: Party, role: MemberRole): Promise<Invited> {
  const id = inviteId.from(randomBytes(16))
  const key = await joinKey(randomBytes(16))
  const invitation = { id, role, join: key.sig, expires: NOW + WEEK }
  append(family, await proposeInvite(standing(family, by.device), invitation))
  return { id, role, key }
}

/**
 * A request to join as an honest joiner makes it; `lies` replaces parts of its body. The wrap of
 * the joiner's own person, which stays with the joiner, is kept among the family's.
 */
export async function askToJoin(
  family: Family,
  { id, role, key }: Invited,
  joiner: Party,
  lies: Partial<JoinRequestBody> = {},
): Promise<JoinRequest> {
  const { person, device } = joiner
  const self = await newPrincipal(person, [device])
  keepWraps(family, self.wraps)
  const body: JoinRequestBody = {
    v: 1,
    hid: family.household.id,
    invite: id,
    device: publicKeys(device),
    person: self.part,
    commitment: commitmentTo(randomBytes(32)),
    hello: randomBytes(32),
    ...lies,
  }
  const bytes = toCbor(body)
  return {
    body,
    bytes,
    role,
    joinSignature: await key.sign(inviteSignedBytes(bytes)),
    deviceSignature: await device.sign(deviceSignedBytes(bytes)),
  }
}

/** Somebody who is about to join. */
export async function stranger(): Promise<Party> {
  return { person: newPrincipalId(), device: await newDevice() }
}

/** Invites somebody, who joins and is let in. */
export async function admit(family: Family, by: Party, role: MemberRole): Promise<Party> {
  const joiner = await stranger()
  const invited = await invite(family, by, role)
  const request = await askToJoin(family, invited, joiner)
  const keyring = await keyringOf(family, by.device)
  append(family, await proposeAdd(standing(family, by.device), keyring, request))
  return joiner
}

/** Another device of somebody's, enrolled by the one they have (or by a card). */
export async function addDevice(family: Family, by: Device): Promise<Device> {
  const device = await newDevice()
  const keyring = await keyringOf(family, by)
  append(family, await proposeAddDevice(standing(family, by), keyring, device))
  return device
}

/** Every secret that the log names a wrap of for this device, each wrap opened and verified. */
export async function keyringOf({ household, wraps }: Family, device: Device): Promise<Keyring> {
  const named = [...household.principals.values()].flatMap(({ id: of, epochs }) =>
    epochs.flatMap(({ epoch, wraps: refs }) =>
      refs.filter(({ to }) => to === device.id).map(({ hash }) => ({ of, epoch, hash })),
    ),
  )
  const secrets = await Promise.all(
    named.map(({ hash, ...of }) => {
      const wrap = wraps.get(toHex(hash))
      if (!wrap) throw new Error(`no wrap of ${of.of} for ${device.id}`)
      return openWrap(household, device, wrap, of)
    }),
  )
  return secrets.reduce(addSecret, EMPTY_KEYRING)
}

/** The numbers of the epochs that a keyring opens of somebody, in order. */
export function epochsOf(keyring: Keyring, of: PrincipalId): number[] {
  return [...(keyring.get(of)?.keys() ?? [])].sort((a, b) => a - b)
}
