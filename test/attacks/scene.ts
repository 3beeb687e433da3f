import { sha256 } from '@noble/hashes/sha2.js'
import { append } from '../../src/client/append.ts'
import type { Client } from '../../src/client/client.ts'
import { keptLinks } from '../../src/client/family.ts'
import { recoveryCard, putCardAway } from '../../src/client/household.ts'
import { step } from '../../src/client/live.ts'
import { pullLog } from '../../src/client/pull-log.ts'
import { confirmAddress, signUp } from '../../src/client/session.ts'
import { openCard } from '../../src/keys/card.ts'
import { loadDevice, randomBytes, type Device } from '../../src/keys/device.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { proposeAdd, proposeInvite } from '../../src/keys/links.ts'
import { readWraps } from '../../src/protocol/api/households.ts'
import { sendMessage } from '../../src/protocol/api/messages.ts'
import { concatBytes, fromBase64url, toHex } from '../../src/protocol/bytes.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import { readOuter } from '../../src/protocol/message/outer.ts'
import type { MemberRole } from '../../src/protocol/log/ops.ts'
import type { EvilServer } from '../evil-server/proxy.ts'
import { freshAddress, GOOD_PASSWORD, newestCode } from '../harness/account.ts'
import { askToJoin, copyOf, stranger, type Family, type Party } from '../harness/family.ts'
import { post } from '../harness/letters.ts'
import {
  foundAt,
  letIn,
  newInstallation,
  startClient,
  type Installation,
} from '../harness/member.ts'
import { memoryStore } from '../harness/memory-store.ts'
import type { World } from './attack.ts'

/** A prepared siege: the family, and what the victims' installations held when it began. */
export type Scene = {
  readonly server: EvilServer
  readonly guardian: Installation
  readonly newcomer: Installation
  /** The family for one attack; what it appends is its own. */
  world(): World
}

/** Mum founds a family, lets two relatives, a toy and dad in; the aunt says something. */
export async function setScene(server: EvilServer): Promise<Scene> {
  const founder = await foundAt(server)
  const mum = startClient(founder)
  const code = (await recoveryCard(mum)) ?? ''
  await putCardAway(mum)
  const joiners: Family['wraps'] = new Map()
  const grandma = await enrol(mum, 'relative', joiners)
  const toy = await enrol(mum, 'toy', joiners)
  const aunt = await enrol(mum, 'relative', joiners)
  const guardian = await movable(server)
  const dad = startClient(guardian)
  await letIn(mum, dad, 'Paul', 'guardian')
  await step(mum)
  const card = await openCard(code)
  const family = await familyOf(mum, [await mum.keeper.device(), card], joiners)
  const said = await speak(mum, family, aunt)
  await step(dad)
  const { person: mumId, device: mumDevice } = await pullLog(mum)
  const { person, device } = await pullLog(dad)
  const [dadDevice, newcomer] = await Promise.all([loadDevice(guardian.seeds), movable(server)])
  const parties = {
    mum: { person: mumId, device: mumDevice },
    dad: { person, device: dadDevice },
    victim: { person, device },
  }
  const fixed = { ...parties, grandma, toy, aunt, card, code, said, origin: server.origin }
  const { id: household } = family.household
  const world = (): World => ({ ...fixed, household, family: copyOf(family) })
  return { server, guardian, newcomer, world }
}

/** The installation as it was, to be lied to once. */
export function cloneOf(installation: Installation): Installation {
  const raw = memoryStore()
  for (const [key, value] of installation.raw.entries) raw.entries.set(key, value.slice())
  return { ...installation, raw }
}

/** Somebody with an account, whose storage a browser can take over. */
async function movable(server: EvilServer): Promise<Installation> {
  const algorithm = { name: 'AES-GCM', length: 256 }
  const storageKey = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt'])
  const installation = { ...(await newInstallation(server.origin)), storageKey }
  const client = startClient(installation)
  const email = freshAddress()
  await signUp(client, { email, password: GOOD_PASSWORD })
  await confirmAddress(client, await newestCode(server, email))
  return installation
}

/** Lets somebody in whose app is the test itself; their person's wrap stays with the test. */
async function enrol(mum: Client, role: MemberRole, wraps: Family['wraps']): Promise<Party> {
  const party = await stranger()
  const id = inviteId.from(randomBytes(16))
  const key = await joinKey(randomBytes(16))
  const invitation = { id, role, join: key.sig, expires: Date.now() + 86_400_000 }
  const { household } = await append(mum, (standing) => proposeInvite(standing, invitation))
  const request = await askToJoin({ household, links: [], wraps }, { id, role, key }, party)
  await append(mum, (standing, { keyring }) => proposeAdd(standing, keyring, request))
  return party
}

/** The log, and every wrap that these devices may read. */
async function familyOf(
  mum: Client,
  readers: readonly Device[],
  joiners: Family['wraps'],
): Promise<Family> {
  const { household } = await pullLog(mum)
  const wraps = new Map(joiners)
  for (const reader of readers) {
    const input = { params: { household: household.id } }
    const served = await mum.api.call(readWraps, input, reader)
    for (const { wrap } of served.wraps) {
      const bytes = fromBase64url(wrap)
      wraps.set(toHex(sha256(bytes)), bytes)
    }
  }
  return { household, links: [...(await keptLinks(mum))], wraps }
}

/** A relative says something for the child; gives its envelope. */
async function speak(mum: Client, family: Family, relative: Party): Promise<Uint8Array> {
  const to = [family.household.principal, relative.person]
  const { envelope, ciphertext } = await post(family, { by: relative.device, to })
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, envelope.length)
  const params = { household: family.household.id, message: readOuter(envelope).mid }
  const body = concatBytes(length, envelope, ciphertext)
  await mum.api.call(sendMessage, { params, body }, relative.device)
  return envelope
}
