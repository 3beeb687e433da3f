import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base32crockford } from '@scure/base'
import { generateSeeds, loadDevice, type Device } from '../../src/keys/device.ts'
import { newCard, openCard } from '../../src/keys/card.ts'
import {
  newChildId,
  proposeAdd,
  proposeAddDevice,
  proposeCancel,
  proposeChild,
  proposeGenesis,
  proposeRemove,
  proposeRevokeDevice,
  proposeRotate,
  proposeWithdrawal,
} from '../../src/keys/links.ts'
import { proposeBox, proposeCard } from '../../src/keys/enrolling.ts'
import {
  consent,
  proposeNotice,
  proposePolicy,
  proposeShred,
  writePurpose,
} from '../../src/keys/governing.ts'
import { newPrincipalId } from '../../src/keys/principal.ts'
import { ascii, toBase64url, toHex } from '../../src/protocol/bytes.ts'
import { childrenOf, type Household } from '../../src/protocol/log/household.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import type { MemberRole } from '../../src/protocol/log/ops.ts'
import { verifyLog } from '../../src/protocol/log/verify.ts'
import {
  counted,
  append,
  askToJoin,
  copyOf,
  invite,
  keyringOf,
  NOW,
  standing,
  type Family,
  type Party,
} from '../../test/harness/family.ts'
import type { Whole } from '../../test/harness/illegal-links.ts'
import type { DeviceVector, LinkVector } from '../../test/harness/vectors/shapes.ts'
import { drawFrom } from './random.ts'

/** The family of the vectors: its whole history, and how it stood when everybody had joined. */
export type Story = {
  readonly family: Family
  /** After the first links: everybody is there and nothing has ended. */
  readonly whole: Whole
  readonly devices: readonly DeviceVector[]
  readonly links: readonly LinkVector[]
  readonly people: Readonly<Record<string, Party>>
  /** A second device of mum's, ended at message 5. */
  readonly tablet: Device
  /** When the tablet had just been enrolled. */
  readonly withTablet: Household
  /** When grandma was trusted, and when the uncle had come and nobody was trusted any more. */
  readonly trusting: Household
  readonly withUncle: Household
  readonly cardCode: string
}

type Teller = {
  readonly family: Family
  readonly devices: DeviceVector[]
  readonly links: LinkVector[]
}

/** Plays the history of the vectors: every op, and each of its variants. */
export async function tellStory(): Promise<Story> {
  drawFrom('story')
  const cardCode = newCard()
  const { teller, mum, card } = await begin(cardCode)
  const { family } = teller
  const grandma = await join(teller, mum, 'relative', 'grandma')
  const toy = await join(teller, mum, 'toy', 'toy')
  const dad = await join(teller, mum, 'guardian', 'dad')
  const whole = { family: copyOf(family), mum, dad, grandma, toy, card }
  const tablet = await enrol(teller, mum.device, 'tablet', "mum's second device")
  const withTablet = family.household
  await trustIn(teller, mum, dad, grandma)
  const trusting = family.household
  const { id } = await invite(family, dad, 'relative')
  note(teller, 'dad', 'an invitation')
  append(family, await proposeCancel(standing(family, dad.device), id))
  note(teller, 'dad', 'the invitation is cancelled')
  const aunt = await join(teller, dad, 'relative', 'aunt')
  append(family, await proposeRevokeDevice(standing(family, mum.device), tablet.id, counted(5)))
  note(teller, 'mum', 'the tablet ends after its message 5; both secrets it held move on')
  append(family, await proposeRotate(standing(family, dad.device), family.household.principal))
  note(teller, 'dad', 'the household moves to its next epoch')
  const counters = new Map([[aunt.device.id, counted(1)]])
  append(family, await proposeRemove(standing(family, mum.device), aunt.person, counters))
  note(teller, 'mum', 'the aunt is removed after her message 1')
  await enrol(teller, card, 'phone', "mum's new device, enrolled by her recovery card")
  const gone = new Map([[dad.device.id, counted(9)]])
  append(family, await proposeRemove(standing(family, dad.device), dad.person, gone))
  note(teller, 'dad', 'dad leaves; the household moves on without him')
  const uncle = await join(teller, mum, 'guardian', 'uncle')
  await govern(teller, mum, uncle)
  const withUncle = family.household
  await children(teller, mum, uncle)
  const people = { mum, dad, grandma, toy, aunt, uncle }
  return { ...teller, whole, people, tablet, withTablet, trusting, withUncle, cardCode }
}

/** What guardians decide, and what follows from it. */
async function govern(teller: Teller, mum: Party, uncle: Party): Promise<void> {
  const { family, devices } = teller
  const later = NOW + 31 * 24 * 60 * 60 * 1000
  append(family, await proposeNotice(standing(family, mum.device), uncle.person))
  note(teller, 'mum', 'the removal of the uncle is announced')
  append(family, await proposeNotice(standing(family, mum.device), uncle.person, false))
  note(teller, 'mum', 'and taken back')
  const policy = { approval: true, retention: 30, trusted: [] }
  const purpose = writePurpose(family.household.id, { op: 'policy', policy }, NOW)
  const consents = { purpose, by: [await consent(uncle.device, purpose)] }
  append(family, await proposePolicy(standing(family, mum.device), policy, consents))
  note(teller, 'mum', 'with the consent of the uncle, messages are kept for 30 days')
  const card = await newDevice(devices, "the uncle's card")
  const keyring = await keyringOf(family, uncle.device)
  append(family, await proposeCard(standing(family, uncle.device), keyring, card))
  note(teller, 'uncle', 'the uncle has a recovery card of his own')
  const box = await newDevice(devices, 'drop-box')
  const opened = { id: newPrincipalId(), expires: later }
  append(family, await proposeBox(standing(family, uncle.device), box, opened))
  note(teller, 'uncle', 'a drop-box opens')
  append(family, await proposeShred(standing(family, uncle.device, later), uncle.person, 2))
  note(teller, 'uncle', "the first epoch of the uncle's person is closed for ever")
}

/** A second child, for whom a guardian consents, and the first one's consent withdrawn. */
async function children(teller: Teller, mum: Party, uncle: Party): Promise<void> {
  const { family } = teller
  const [first] = childrenOf(family.household)
  append(family, await proposeChild(standing(family, mum.device), newChildId()))
  note(teller, 'mum', 'a guardian consents for a second child')
  if (!first) throw new Error('no child in the story')
  append(family, await proposeWithdrawal(standing(family, uncle.device), first.id))
  note(teller, 'uncle', 'another guardian withdraws the consent for the first one')
}

/** The guardians let grandma's messages go to the toy without approval. */
async function trustIn(teller: Teller, mum: Party, dad: Party, whom: Party): Promise<void> {
  const { family } = teller
  const policy = { approval: true, retention: 0, trusted: [whom.person] }
  const purpose = writePurpose(family.household.id, { op: 'policy', policy }, NOW)
  const consents = { purpose, by: [await consent(dad.device, purpose)] }
  append(family, await proposePolicy(standing(family, mum.device), policy, consents))
  note(teller, 'mum', "with dad's consent, grandma's messages need no approval")
}

async function begin(code: string): Promise<{ teller: Teller; mum: Party; card: Device }> {
  const devices: DeviceVector[] = []
  const device = await newDevice(devices, 'mum')
  const card = await openCard(code)
  devices.push({ name: 'card', ...cardSeeds(code), ...toldDevice(card) })
  const { link, wraps, person } = await proposeGenesis(device, card, NOW)
  const kept = wraps.map((wrap): [string, Uint8Array] => [toHex(sha256(wrap)), wrap])
  const family = { household: verifyLog([link]), links: [link], wraps: new Map(kept) }
  const teller: Teller = { family, devices, links: [] }
  note(teller, 'mum', 'a household begins: mum, her device, her recovery card')
  return { teller, mum: { person, device }, card }
}

async function newDevice(devices: DeviceVector[], name: string): Promise<Device> {
  const seeds = generateSeeds()
  const device = await loadDevice(seeds)
  devices.push({ name, ...toldSeeds(seeds), ...toldDevice(device) })
  return device
}

/** What a card's code derives, made here a second time from RFC 5869 alone. */
export function cardSeeds(code: string): { sign: string; kem: string } {
  const secret = base32crockford.decode(code.replaceAll('-', '').slice(0, 26))
  const derive = (what: string): string =>
    toBase64url(hkdf(sha256, secret, undefined, ascii(`pawpost/card/v1/${what}`), 32))
  return { sign: derive('sig'), kem: derive('kem') }
}

function toldSeeds(seeds: ReturnType<typeof generateSeeds>): Pick<DeviceVector, 'sign' | 'kem'> {
  return { sign: toBase64url(seeds.sign), kem: toBase64url(seeds.kem) }
}

function toldDevice({
  id,
  sig,
  kem,
  identity,
}: Device): Omit<DeviceVector, 'name' | 'sign' | 'kem'> {
  return {
    id,
    sig: toBase64url(sig),
    recipient: kem,
    identity: typeof identity === 'string' ? identity : '',
  }
}

/** Notes the newest link of the log. */
function note({ family, links }: Teller, by: string, what: string): void {
  const bytes = family.links.at(-1) ?? new Uint8Array()
  const { body, hash } = readLink(bytes)
  links.push({ what, op: body.op, by, hash: toBase64url(hash), bytes: toBase64url(bytes) })
}

async function join(teller: Teller, by: Party, role: MemberRole, name: string): Promise<Party> {
  const { family, devices } = teller
  const signer = nameOf(teller, by.device)
  const joiner = { person: newPrincipalId(), device: await newDevice(devices, name) }
  const invited = await invite(family, by, role)
  note(teller, signer, `an invitation for a ${role}`)
  const request = await askToJoin(family, invited, joiner)
  const keyring = await keyringOf(family, by.device)
  append(family, await proposeAdd(standing(family, by.device), keyring, request))
  note(teller, signer, `the ${role} is let in: ${name}`)
  return joiner
}

function nameOf({ devices }: Teller, { id }: Device): string {
  return devices.find((device) => device.id === id)?.name ?? ''
}

async function enrol(teller: Teller, by: Device, name: string, what: string): Promise<Device> {
  const { family, devices } = teller
  const device = await newDevice(devices, name)
  const keyring = await keyringOf(family, by)
  append(family, await proposeAddDevice(standing(family, by), keyring, device))
  note(teller, nameOf(teller, by), what)
  return device
}
