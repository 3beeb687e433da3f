import { newCard, openCard } from '../../src/keys/card.ts'
import { generateSeeds, loadDevice, randomBytes, type Device } from '../../src/keys/device.ts'
import { proposeCard } from '../../src/keys/enrolling.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { secretsOf, type Keyring } from '../../src/keys/keyring.ts'
import {
  proposeAdd,
  proposeAddDevice,
  proposeGenesis,
  proposeInvite,
  proposeRevokeDevice,
  proposeRotate,
  type Proposal,
  type Standing,
} from '../../src/keys/links.ts'
import { seal } from '../../src/keys/message.ts'
import { newPrincipalId, type Secret } from '../../src/keys/principal.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../../src/protocol/bytes.ts'
import { inviteId, type DeviceId } from '../../src/protocol/ids.ts'
import { membersOf, type Household } from '../../src/protocol/log/household.ts'
import type { LastMessage, MemberRole } from '../../src/protocol/log/ops.ts'
import { verifyLog } from '../../src/protocol/log/verify.ts'
import { readFrame, writeOuter } from '../../src/protocol/message/outer.ts'
import { append, askToJoin, keyringOf, NOW, standing, type Family } from './family.ts'
import { about, addressed, newMessageId, voice } from './letters.ts'

const MONTH = 30 * 24 * 60 * 60 * 1000
const EPOCHS = 60
const MESSAGES = 20_000
const GUARDIANS = 4
const RELATIVES = 16
const TOYS = 4

/** Everything of a household after five years that a program would fetch or have stored. */
export type FiveYears = {
  readonly links: readonly Uint8Array[]
  /** The wraps for the founder's card, as the server hands them out. */
  readonly cardWraps: readonly Named[]
  /** Bytes of all wraps together, and how many there are. */
  readonly wraps: { readonly bytes: number; readonly count: number }
  readonly card: string
  /** A guardian's phone: its seeds, and the secrets in its store. */
  readonly seeds: { readonly sign: Uint8Array; readonly kem: Uint8Array }
  readonly secrets: readonly Secret[]
  /** The envelopes of all messages; the newest one is a real message. */
  readonly envelopes: readonly Uint8Array[]
  readonly ciphertext: Uint8Array
  readonly last: ReadonlyMap<DeviceId, LastMessage>
  readonly now: number
}

export type Named = {
  readonly of: Secret['of']
  readonly epoch: number
  readonly wrap: Uint8Array
}

type Life = { readonly family: Family; readonly guardians: Device[]; now: number }

/**
 * A household of 24 (4 guardians with two phones and a card each, 16 relatives, 4 toys) after five
 * years: 60 epochs of the household, a lost phone every year, 20,000 messages.
 */
export async function fiveYears(): Promise<FiveYears> {
  const code = newCard()
  const card = await openCard(code)
  const seeds = generateSeeds()
  const founder = await loadDevice(seeds)
  const life = await beginLife(founder, card)
  await settle(life)
  await live(life)
  const { family, now } = life
  const keyring = await keyringOf(family, founder)
  return {
    links: family.links,
    cardWraps: wrapsFor(family, card),
    wraps: namedWraps(family),
    card: code,
    seeds: { sign: seeds.sign, kem: seeds.kem },
    secrets: secretsOf(keyring),
    ...(await mail(life, founder, keyring)),
    now,
  }
}

async function beginLife(founder: Device, card: Device): Promise<Life> {
  const genesis = await proposeGenesis(founder, card, NOW)
  const household = verifyLog([genesis.link])
  const family: Family = { household, links: [], wraps: new Map() }
  const life = { family, guardians: [founder], now: NOW }
  keep(life, genesis)
  return life
}

function keep({ family }: Life, { link, wraps }: Proposal): void {
  family.links.push(link)
  for (const wrap of wraps) family.wraps.set(toHex(sha256(wrap)), wrap)
}

function here({ family, now }: Life, device: Device): Standing {
  return standing(family, device, now)
}

/** Everybody comes in the first month. */
async function settle(life: Life): Promise<void> {
  for (let count = 1; count < GUARDIANS; count += 1) {
    const guardian = await letIn(life, 'guardian')
    life.guardians.push(guardian)
    const keyring = await keyringOf(life.family, guardian)
    const card = await openCard(newCard())
    append(life.family, await proposeCard(here(life, guardian), keyring, card))
  }
  for (let count = 0; count < RELATIVES; count += 1) await letIn(life, 'relative')
  for (let count = 0; count < TOYS; count += 1) await letIn(life, 'toy')
  for (const guardian of life.guardians) await addPhone(life, guardian)
}

async function letIn(life: Life, role: MemberRole): Promise<Device> {
  const { family, now } = life
  const [founder] = life.guardians
  if (!founder) throw new Error('a household has a founder')
  const invited = { id: inviteId.from(randomBytes(16)), role, key: await joinKey(randomBytes(16)) }
  const terms = { id: invited.id, role, join: invited.key.sig, expires: now + MONTH }
  append(family, await proposeInvite(here(life, founder), terms))
  const device = await loadDevice(generateSeeds())
  const request = await askToJoin(family, invited, { person: newPrincipalId(), device })
  const keyring = await keyringOf(family, founder)
  append(family, await proposeAdd(here(life, founder), keyring, request))
  return device
}

async function addPhone(life: Life, old: Device): Promise<Device> {
  const phone = await loadDevice(generateSeeds())
  const keyring = await keyringOf(life.family, old)
  append(life.family, await proposeAddDevice(here(life, old), keyring, phone))
  return phone
}

/** The household moves to a new epoch every month; every year a guardian loses a phone. */
async function live(life: Life): Promise<void> {
  const { family, guardians } = life
  for (let month = 1; epochsOf(family.household) < EPOCHS; month += 1) {
    life.now += MONTH
    const guardian = guardians[month % guardians.length]
    if (!guardian) continue
    if (month % 12 === 0) await losePhone(life, guardian)
    else append(family, await proposeRotate(here(life, guardian), family.household.principal))
  }
}

function epochsOf({ principals, principal }: Household): number {
  return principals.get(principal)?.epochs.length ?? 0
}

async function losePhone(life: Life, guardian: Device): Promise<void> {
  const { id } = await addPhone(life, guardian)
  const last = { n: 0, hash: new Uint8Array(32) }
  append(life.family, await proposeRevokeDevice(here(life, guardian), id, last))
}

function wrapsFor({ household, wraps }: Family, card: Device): readonly Named[] {
  return [...household.principals.values()].flatMap(({ id: of, epochs }) =>
    epochs.flatMap(({ epoch, wraps: refs }) =>
      refs
        .filter(({ to }) => to === card.id)
        .map(({ hash }) => ({ of, epoch, wrap: wraps.get(toHex(hash)) ?? new Uint8Array() })),
    ),
  )
}

function namedWraps({ wraps }: Family): FiveYears['wraps'] {
  const sizes = [...wraps.values()].map(({ length }) => length)
  return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

/** Envelopes of five years, from everybody who is there; the newest is of a real message. */
async function mail(
  life: Life,
  reader: Device,
  keyring: Keyring,
): Promise<Pick<FiveYears, 'envelopes' | 'ciphertext' | 'last'>> {
  const { family } = life
  const { household } = family
  const [, sender] = life.guardians
  if (!sender || !keyring.has(household.principal) || sender === reader)
    throw new Error('no sender')
  const phones = [...household.devices.values()].filter(({ card, until }) => !card && !until)
  const last = new Map<DeviceId, LastMessage>()
  const envelopes: Uint8Array[] = []
  const nothing = randomBytes(32)
  for (let count = 0; count < MESSAGES - 1; count += 1) {
    const by = phones[count % phones.length]?.id ?? sender.id
    const to = addressed(family, [household.principal])
    const fields = { hid: household.id, mid: newMessageId(), by, to, size: 4096 }
    envelopes.push(writeOuter({ ...fields, expiry: 'kept' }, nothing))
    last.set(by, { n: (last.get(by)?.n ?? 0) + 1, hash: nothing })
  }
  const { n = 0, hash = nothing } = last.get(sender.id) ?? {}
  const toys = membersOf(household).filter(({ role }) => role === 'toy')
  const to = [household.principal, ...toys.map(({ id }) => id)]
  const content = about(household, voice({ sound: randomBytes(45_000), durationMs: 22_500 }))
  const draft = { mid: newMessageId(), to, content, at: life.now, n: n + 1, prev: hash }
  const { envelope, ciphertext } = readFrame((await seal(household, sender, draft)).frame)
  return { envelopes: [...envelopes, envelope], ciphertext, last }
}
