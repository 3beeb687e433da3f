import { z } from 'zod'
import { randomBytes, type Device } from '../keys/device.ts'
import { joinKey, readInvitation, type Invitation } from '../keys/invitation.ts'
import { publicKeys } from '../keys/links.ts'
import { newPrincipal, newPrincipalId } from '../keys/principal.ts'
import { askToJoin, requestState, revealNonce } from '../protocol/api/households.ts'
import { fromBase64url, sameBytes, toBase64url } from '../protocol/bytes.ts'
import { bytes, toCbor } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import { principalId, requestId, type RequestId } from '../protocol/ids.ts'
import type { Household } from '../protocol/log/household.ts'
import {
  commitmentTo,
  deviceSignedBytes,
  inviteSignedBytes,
  requestIdOf,
  sixDigits,
} from '../protocol/log/join.ts'
import type { JoinRequestBody } from '../protocol/log/ops.ts'
import { verifyLog } from '../protocol/log/verify.ts'
import type { Client } from './client.ts'
import { demandNewcomer, familyWrites } from './family.ts'
import { fetchLog } from './fetch-log.ts'
import { sealHello } from './hello.ts'
import { nudge } from './nudge.ts'
import { pullLog } from './pull-log.ts'

const KEY = 'joining'
const secret = z.strictObject({ of: principalId.schema, epoch: z.int(), secret: bytes(32) })
const record = z.strictObject({
  link: z.string(),
  name: z.string(),
  request: requestId.schema,
  bytes: bytes(1, 1 << 15),
  joinSignature: bytes(64),
  deviceSignature: bytes(64),
  hello: bytes(1, 1 << 15),
  nonce: bytes(32),
  /** The wrap of the person's secret is only for its own device, which keeps the secret anyway. */
  secret,
  links: z.array(bytes(1, 1 << 18)),
  guardianNonce: bytes(32).optional(),
  declined: z.boolean().optional(),
})
type Record = z.infer<typeof record>

/** Where a request to join stands, for the one who asks. */
export type Joining = {
  readonly request: RequestId
  readonly name: string
  readonly state: 'waiting' | 'digits' | 'admitted' | 'declined'
  /** To be compared with the guardian's, once both are known. */
  readonly digits?: string
}

/**
 * Asks to join with an invitation. The household's log is verified from its genesis, which the link
 * pins, before anything is said. Repeated with the same link it goes on with the same request.
 * Throws `link-invalid`, `invite-dead`, `household-exists`, `tampered`.
 */
export async function join(
  client: Client,
  { link, name }: { link: string; name: string },
): Promise<{ request: RequestId }> {
  return client.exclusively(async () => {
    await demandNewcomer(client)
    const invitation = readInvitation(link)
    const known = await client.store.get(KEY, record)
    const same = known?.link === link && known.name === name && !known.declined
    const plan = same ? known : await prepare(client, invitation, { link, name })
    const key = await joinKey(invitation.secret)
    const body = {
      bytes: toBase64url(plan.bytes),
      joinSignature: toBase64url(plan.joinSignature),
      deviceSignature: toBase64url(plan.deviceSignature),
      hello: toBase64url(plan.hello),
    }
    const params = { household: invitation.household }
    await client.api.call(askToJoin, { params, body }, key)
    client.changed('session')
    return { request: plan.request }
  })
}

/** The request to join, as far as this device knows without asking. */
export async function readJoining(client: Client): Promise<Joining | undefined> {
  const known = await client.store.get(KEY, record)
  return known && { request: known.request, name: known.name, state: 'waiting' }
}

/** Asks how the request stands, takes the joiner's next step, and settles in once admitted. */
export async function joining(client: Client): Promise<Joining | undefined> {
  return client.exclusively(async () => {
    const known = await client.store.get(KEY, record)
    if (!known) return undefined
    const { request, name } = known
    const invitation = readInvitation(known.link)
    const key = await joinKey(invitation.secret)
    const params = { household: invitation.household, request }
    const { state, nonce } = await client.api.call(requestState, { params }, key)
    if (state === 'declined') return { ...(await noteDeclined(client, known)) }
    if (state === 'admitted') return settle(client, known, invitation)
    if (nonce === undefined) return { request, name, state: 'waiting' }
    const pinned = await pinNonce(client, known, fromBase64url(nonce))
    const body = { nonce: toBase64url(known.nonce) }
    if (state === 'answered') await client.api.call(revealNonce, { params, body }, key)
    const digits = sixDigits(invitation.household, known.bytes, pinned, known.nonce)
    return { request, name, state: 'digits', digits }
  })
}

/** Gives up a request that was declined or is no longer wanted. */
export async function forgetJoining(client: Client): Promise<void> {
  await client.store.write([{ key: KEY, value: undefined }])
  client.changed('session')
}

async function prepare(
  client: Client,
  invitation: Invitation,
  { link, name }: { link: string; name: string },
): Promise<Record> {
  const device = await client.keeper.device()
  const key = await joinKey(invitation.secret)
  const links = await fetchLog(client, invitation.household, key).catch(asInvitation)
  const household = verifyInvited(links, invitation, key)
  const person = await newPrincipal(newPrincipalId(), [device])
  const nonce = randomBytes(32)
  const { sealed: hello, hash } = await sealHello(household, name)
  const body: JoinRequestBody = {
    v: 1,
    hid: household.id,
    invite: invitation.id,
    device: publicKeys(device),
    person: person.part,
    commitment: commitmentTo(nonce),
    hello: hash,
  }
  const request = toCbor(body)
  const plan = {
    link,
    name,
    request: requestIdOf(request),
    bytes: request,
    joinSignature: await key.sign(inviteSignedBytes(request)),
    deviceSignature: await device.sign(deviceSignedBytes(request)),
    hello,
    nonce,
    secret: person.secret,
    links: [...links],
  }
  await client.store.write([{ key: KEY, value: plan }])
  return plan
}

/** A household that the key of an invitation cannot read is one whose invitation is dead. */
function asInvitation(error: unknown): never {
  const unknown = error instanceof PawpostError && error.code === 'not-found'
  throw unknown ? new PawpostError('invite-dead', undefined, { cause: error }) : error
}

function verifyInvited(
  links: readonly Uint8Array[],
  invitation: Invitation,
  key: Device,
): Household {
  const household = verifyLog(links)
  if (household.id !== invitation.household) throw new PawpostError('tampered', 'other-household')
  const known = household.invites.get(invitation.id)
  const genuine = known?.state === 'open' && sameBytes(known.join, key.sig)
  if (!genuine) throw new PawpostError('invite-dead', 'not-in-the-log')
  return household
}

/** The guardian's nonce counts once: a server that shows a second one is refused. */
async function pinNonce(client: Client, known: Record, nonce: Uint8Array): Promise<Uint8Array> {
  if (!known.guardianNonce) {
    await client.store.write([{ key: KEY, value: { ...known, guardianNonce: nonce } }])
    return nonce
  }
  if (!sameBytes(known.guardianNonce, nonce)) throw new PawpostError('tampered', 'nonce')
  return known.guardianNonce
}

async function noteDeclined(client: Client, known: Record): Promise<Joining> {
  await client.store.write([{ key: KEY, value: { ...known, declined: true } }])
  return { request: known.request, name: known.name, state: 'declined' }
}

/** Makes this device a member: from here on its own signature opens the log. */
async function settle(client: Client, known: Record, invitation: Invitation): Promise<Joining> {
  const parts = { links: known.links, secrets: [known.secret] }
  await client.store.write(familyWrites(invitation.household, known.secret.of, parts))
  const { household } = await pullLog(client)
  const principal = household.principals.get(known.secret.of)
  if (!principal) throw new PawpostError('tampered', 'not-admitted')
  await client.store.write([{ key: KEY, value: undefined }])
  client.changed('session')
  nudge(client)
  return { request: known.request, name: known.name, state: 'admitted' }
}
