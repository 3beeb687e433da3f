import type { z } from 'zod'
import { randomBytes } from '../keys/device.ts'
import { proposeAdd, type JoinRequest } from '../keys/links.ts'
import {
  declineRequest,
  type joinRequest,
  listRequests,
  publishNonce,
} from '../protocol/api/households.ts'
import { fromBase64url, sameBytes, toBase64url } from '../protocol/bytes.ts'
import { bytes } from '../protocol/cbor.ts'
import { PawpostError } from '../protocol/errors.ts'
import type { RequestId } from '../protocol/ids.ts'
import { commitmentTo, requestIdOf, sixDigits } from '../protocol/log/join.ts'
import type { MemberRole } from '../protocol/log/ops.ts'
import { checkRequest } from '../protocol/log/admitting.ts'
import { noteAlarm } from './alarms.ts'
import type { Client } from './client.ts'
import { append } from './append.ts'
import { readFamily, type Family } from './family.ts'
import { openHello } from './hello.ts'
import { invitedAs } from './invitations.ts'
import { receive } from './inbox.ts'
import { intendName, nameAdmitted } from './people.ts'
import { pullLog } from './pull-log.ts'

type Served = z.infer<typeof joinRequest>

/** Somebody who opened an invitation and waits to be let in. */
export type WaitingRequest = {
  readonly request: RequestId
  /** Who they say they are. */
  readonly name: string
  readonly role: MemberRole
  /** The name on the invitation, if this device made it. */
  readonly invitedAs?: string
  /** Whether the six digits can be compared now. */
  readonly ready: boolean
  /** Another guardian's device answered first: the digits are compared there. */
  readonly elsewhere: boolean
}

type Checked = JoinRequest & {
  readonly request: RequestId
  readonly name: string
  readonly served: Served
}

/** The requests that are genuine; for each, this guardian's nonce is published once. */
export async function waitingRequests(client: Client): Promise<readonly WaitingRequest[]> {
  return client.exclusively(async () => {
    const family = await pullLog(client)
    const checked = await checkedRequests(client, family)
    const shown: WaitingRequest[] = []
    for (const one of checked) {
      const mine = await answer(client, family, one)
      const known = await invitedAs(client, one.body.invite)
      shown.push({
        request: one.request,
        name: one.name,
        role: one.role,
        ...(known && { invitedAs: known.name }),
        ready: mine && one.served.reveal !== undefined,
        elsewhere: !mine,
      })
    }
    return shown
  })
}

/** The six digits for a request. Throws `request-unready` until the joiner has taken the step. */
export async function guardianDigits(client: Client, request: RequestId): Promise<string> {
  return client.exclusively(async () => {
    const family = await pullLog(client)
    return digitsOf(client, family, await oneRequest(client, family, request))
  })
}

/** Lets a joiner in. Throws `digits-differ` unless `digits` are the ones computed here. */
export async function admit(client: Client, request: RequestId, digits: string): Promise<void> {
  await client.exclusively(async () => {
    // The names that others told meanwhile are kept.
    await receive(client)
    const family = await readFamily(client)
    const one = await oneRequest(client, family, request)
    const expected = await digitsOf(client, family, one)
    if (digits.replace(/\s/g, '') !== expected) throw new PawpostError('digits-differ')
    const { id } = one.body.person
    const invited = await invitedAs(client, one.body.invite)
    await intendName(client, { ...invited, person: id, name: one.name })
    await append(client, async (standing, { keyring }) =>
      standing.household.principals.has(id) ? undefined : proposeAdd(standing, keyring, one),
    )
    await nameAdmitted(client)
  })
}

/** Turns a joiner away. */
export async function decline(client: Client, request: RequestId): Promise<void> {
  await client.exclusively(async () => {
    const { household, device } = await pullLog(client)
    const params = { household: household.id, request }
    await client.api.call(declineRequest, { params }, device)
  })
  client.changed('family')
}

async function checkedRequests(client: Client, family: Family): Promise<readonly Checked[]> {
  const { household, device } = family
  const input = { params: { household: household.id } }
  const { requests } = await client.api.call(listRequests, input, device)
  const checked = await Promise.all(requests.map((served) => check(client, family, served)))
  return checked.filter((one) => one !== undefined)
}

/** Reasons for which an honest request is not shown any more: its invitation has ended meanwhile. */
const ENDED: readonly string[] = ['invite-used', 'invite-cancelled', 'invite-expired']

/** A request whose signatures, invitation and hello are genuine; nothing otherwise. */
async function check(client: Client, family: Family, served: Served): Promise<Checked | undefined> {
  try {
    const request = fromBase64url(served.bytes)
    const joinSignature = fromBase64url(served.joinSignature)
    const deviceSignature = fromBase64url(served.deviceSignature)
    const signatures = { join: joinSignature, device: deviceSignature }
    const { body, invitation } = checkRequest(family.household, request, signatures, client.now())
    const name = await openHello(family, fromBase64url(served.hello), body.hello)
    const common = { body, bytes: request, joinSignature, deviceSignature, role: invitation.role }
    return { ...common, request: requestIdOf(request), name, served }
  } catch (error) {
    if (!(error instanceof PawpostError)) throw error
    if (!ENDED.includes(error.reason ?? '')) await noteAlarm(client, error)
    return undefined
  }
}

async function oneRequest(client: Client, family: Family, request: RequestId): Promise<Checked> {
  const all = await checkedRequests(client, family)
  const found = all.find((one) => one.request === request)
  if (!found) throw new PawpostError('not-found')
  return found
}

/** Publishes this guardian's nonce; false when another guardian's device was first. */
async function answer(client: Client, family: Family, one: Checked): Promise<boolean> {
  const { household, device } = family
  if (one.served.nonceBy !== undefined) return one.served.nonceBy === device.id
  const nonce = toBase64url(await myNonce(client, one.request))
  const params = { household: household.id, request: one.request }
  try {
    await client.api.call(publishNonce, { params, body: { nonce } }, device)
    return true
  } catch (error) {
    const late = error instanceof PawpostError && error.code === 'request-unready'
    if (late) return false
    throw error
  }
}

/** This guardian's nonce for a request: one, for ever, so that nobody can try a second time. */
async function myNonce(client: Client, request: RequestId): Promise<Uint8Array> {
  const key = `nonce/${request}`
  const known = await client.store.get(key, bytes(32))
  if (known) return known
  const nonce = randomBytes(32)
  await client.store.write([{ key, value: nonce }])
  return nonce
}

async function digitsOf(client: Client, family: Family, one: Checked): Promise<string> {
  const nonce = await client.store.get(`nonce/${one.request}`, bytes(32))
  const { reveal } = one.served
  if (!nonce || reveal === undefined) throw new PawpostError('request-unready')
  const joinerNonce = fromBase64url(reveal)
  if (!sameBytes(commitmentTo(joinerNonce), one.body.commitment)) {
    throw new PawpostError('tampered', 'commitment')
  }
  return sixDigits(family.household.id, one.bytes, nonce, joinerNonce)
}
