import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sha256 } from '@noble/hashes/sha2.js'
import { randomBytes, type Device } from '../../src/keys/device.ts'
import { proposeAdd, proposeCancel, type JoinRequest } from '../../src/keys/links.ts'
import * as api from '../../src/protocol/api/households.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { requestId } from '../../src/protocol/ids.ts'
import { commitmentTo, requestIdOf } from '../../src/protocol/log/join.ts'
import {
  addDevice,
  append,
  askToJoin,
  foundFamily,
  invite,
  keyringOf,
  standing,
  stranger,
  wholeFamily,
  type Family,
  type Invited,
  type Party,
} from '../harness/family.ts'
import { appendTo, refuses, upload } from '../harness/key-plane.ts'
import { stage } from '../harness/stage.ts'

const on = stage()

type Asked = {
  readonly request: JoinRequest
  readonly params: { household: string; request: string }
  readonly nonce: Uint8Array
  readonly hello: Uint8Array
}

async function prepare(
  family: Family,
  invited: Invited,
  { joiner, lies = {} }: { joiner?: Party; lies?: object } = {},
): Promise<Asked> {
  const nonce = randomBytes(32)
  const hello = randomBytes(300)
  const body = { commitment: commitmentTo(nonce), hello: sha256(hello), ...lies }
  const request = await askToJoin(family, invited, joiner ?? (await stranger()), body)
  const params = { household: family.household.id, request: requestIdOf(request.bytes) }
  return { request, params, nonce, hello }
}

function bodyOf({ request, hello }: Asked) {
  return {
    bytes: toBase64url(request.bytes),
    joinSignature: toBase64url(request.joinSignature),
    deviceSignature: toBase64url(request.deviceSignature),
    hello: toBase64url(hello),
  }
}

function ask(family: Family, asked: Asked, key: Device): Promise<{ request: string }> {
  const params = { household: family.household.id }
  return on.visitor.api.call(api.askToJoin, { params, body: bodyOf(asked) }, key)
}

async function list(family: Family, device: Device): Promise<readonly { request: string }[]> {
  const params = { household: family.household.id }
  return (await on.visitor.api.call(api.listRequests, { params }, device)).requests
}

/** A family on the server with an open invitation. */
async function invited(): Promise<{ family: Family; guardian: Party; card: Device } & Invited> {
  const home = await foundFamily()
  const invitation = await invite(home.family, home.guardian, 'relative')
  await upload(on.visitor, home.family, home.guardian.device)
  return { ...home, ...invitation }
}

async function admitOnline(family: Family, guardian: Party, asked: Asked): Promise<void> {
  const keyring = await keyringOf(family, guardian.device)
  append(family, await proposeAdd(standing(family, guardian.device), keyring, asked.request))
  await appendTo(on.visitor, family, guardian.device)
}

test('a joiner is let in step by step', async () => {
  const { family, guardian, key, ...invitation } = await invited()
  const asked = await prepare(family, { key, ...invitation })
  const { params } = asked
  const state = () => on.visitor.api.call(api.requestState, { params }, key)
  assert.deepEqual(await ask(family, asked, key), { request: params.request })
  assert.deepEqual(await state(), { state: 'waiting' })
  const reveal = { params, body: { nonce: toBase64url(asked.nonce) } }
  await refuses(
    on.visitor.api.call(api.revealNonce, reveal, key),
    'request-unready',
    'nonce-missing',
  )

  const nonce = toBase64url(randomBytes(32))
  await on.visitor.api.call(api.publishNonce, { params, body: { nonce } }, guardian.device)
  assert.deepEqual(await state(), { state: 'answered', nonce })

  const other = { params, body: { nonce: toBase64url(randomBytes(32)) } }
  await refuses(on.visitor.api.call(api.revealNonce, other, key), 'bad-request', 'commitment')
  await on.visitor.api.call(api.revealNonce, reveal, key)
  await on.visitor.api.call(api.revealNonce, reveal, key)
  assert.deepEqual(await state(), { state: 'revealed', nonce })

  const [listed] = await list(family, guardian.device)
  assert.deepEqual(listed, {
    request: params.request,
    ...bodyOf(asked),
    nonce,
    nonceBy: guardian.device.id,
    reveal: toBase64url(asked.nonce),
  })
  await admitOnline(family, guardian, asked)
  assert.deepEqual(await state(), { state: 'admitted', nonce }, 'though the invitation is used up')
  assert.deepEqual(await list(family, guardian.device), [])
  const input = { params: { household: family.household.id } }
  await refuses(on.visitor.api.call(api.readLog, input, key), 'not-found')
})

test('asking again changes nothing; another request waits until the first is declined', async () => {
  const { family, guardian, key, ...invitation } = await invited()
  const first = await prepare(family, { key, ...invitation })
  const second = await prepare(family, { key, ...invitation })
  const answers = await Promise.all([1, 2, 3].map(() => ask(family, first, key)))
  for (const answer of answers) assert.deepEqual(answer, { request: first.params.request })
  assert.equal((await list(family, guardian.device)).length, 1)
  await refuses(ask(family, second, key), 'invite-dead', 'pending')

  await on.visitor.api.call(api.declineRequest, { params: first.params }, guardian.device)
  await on.visitor.api.call(api.declineRequest, { params: first.params }, guardian.device)
  const { state } = await on.visitor.api.call(api.requestState, { params: first.params }, key)
  assert.equal(state, 'declined')
  const body = { nonce: toBase64url(first.nonce) }
  const late = { params: first.params, body }
  await refuses(on.visitor.api.call(api.revealNonce, late, key), 'request-unready', 'declined')
  await ask(family, second, key)
  const [listed] = await list(family, guardian.device)
  assert.equal(listed?.request, second.params.request)
})

test('the first nonce stays, and the list says whose it is', async () => {
  const { family, guardian, key, ...invitation } = await invited()
  const tablet = await addDevice(family, guardian.device)
  await appendTo(on.visitor, family, guardian.device)
  const asked = await prepare(family, { key, ...invitation })
  await ask(family, asked, key)
  const bodies = [1, 2].map(() => ({ nonce: toBase64url(randomBytes(32)) }))
  const { params } = asked
  const [phone, other] = bodies
  assert.ok(phone && other)
  await on.visitor.api.call(api.publishNonce, { params, body: phone }, guardian.device)
  await on.visitor.api.call(api.publishNonce, { params, body: phone }, guardian.device)
  for (const [device, body] of [
    [tablet, other],
    [tablet, phone],
    [guardian.device, other],
  ] as const) {
    await refuses(
      on.visitor.api.call(api.publishNonce, { params, body }, device),
      'request-unready',
      'nonce-taken',
    )
  }
  const input = { params: { household: family.household.id } }
  const { requests } = await on.visitor.api.call(api.listRequests, input, tablet)
  assert.equal(requests[0]?.nonceBy, guardian.device.id)
})

test('a request that no guardian could admit is refused at once', async () => {
  const { family, guardian, key, ...invitation } = await invited()
  const use = { key, ...invitation }
  const refused: [object, string][] = [
    [{ lies: { hello: randomBytes(32) } }, 'request-malformed'],
    [{ lies: { v: 2 } }, 'request-malformed'],
    [{ joiner: guardian }, 'device-known'],
    [{ joiner: { ...(await stranger()), person: guardian.person } }, 'principal-known'],
  ]
  for (const [how, reason] of refused) {
    const asked = await prepare(family, use, how)
    await refuses(ask(family, asked, key), 'log-refused', reason)
  }
  const asked = await prepare(family, use)
  const forged = { ...asked.request, deviceSignature: randomBytes(64) }
  await refuses(
    ask(family, { ...asked, request: forged }, key),
    'log-refused',
    'device-signature-invalid',
  )
  const second = await invite(family, guardian, 'relative')
  await appendTo(on.visitor, family, guardian.device)
  await refuses(ask(family, asked, second.key), 'log-refused', 'join-signature-invalid')
})

test('a cancelled or expired invitation ends its request', async () => {
  const { family, guardian, key, ...invitation } = await invited()
  const asked = await prepare(family, { key, ...invitation })
  await ask(family, asked, key)
  const { params } = asked
  append(family, await proposeCancel(standing(family, guardian.device), invitation.id))
  await appendTo(on.visitor, family, guardian.device)
  const { state } = await on.visitor.api.call(api.requestState, { params }, key)
  assert.equal(state, 'declined')
  assert.deepEqual(await list(family, guardian.device), [])
  const body = { nonce: toBase64url(randomBytes(32)) }
  await refuses(
    on.visitor.api.call(api.publishNonce, { params, body }, guardian.device),
    'request-unready',
    'declined',
  )
  const late = await prepare(family, { key, ...invitation })
  await refuses(ask(family, late, key), 'invite-dead', 'invite-cancelled')
})

test('only guardians see and answer requests, and no card does', async () => {
  const { family, mum, grandma, card } = await wholeFamily()
  const invitation = await invite(family, mum, 'relative')
  await upload(on.visitor, family, mum.device)
  const asked = await prepare(family, invitation)
  await ask(family, asked, invitation.key)
  const absent = { ...asked.params, request: requestId.from(randomBytes(16)) }
  const body = { nonce: toBase64url(randomBytes(32)) }
  for (const device of [grandma.device, card]) {
    await refuses(list(family, device), 'device-refused')
    for (const params of [asked.params, absent]) {
      const publishing = on.visitor.api.call(api.publishNonce, { params, body }, device)
      await refuses(publishing, 'device-refused')
      const declining = on.visitor.api.call(api.declineRequest, { params }, device)
      await refuses(declining, 'device-refused')
    }
  }
  await refuses(
    on.visitor.api.call(api.publishNonce, { params: absent, body }, mum.device),
    'not-found',
  )
})

test('a request is known to its own joiner only', async () => {
  const { family, guardian, key, ...invitation } = await invited()
  const other = await invite(family, guardian, 'relative')
  await appendTo(on.visitor, family, guardian.device)
  const asked = await prepare(family, { key, ...invitation })
  await ask(family, asked, key)
  const absent = { ...asked.params, request: requestId.from(randomBytes(16)) }
  const answers = await Promise.all([
    on.visitor.answer({ route: api.requestState, params: asked.params, signer: other.key }),
    on.visitor.answer({ route: api.requestState, params: absent, signer: other.key }),
    on.visitor.answer({ route: api.requestState, params: asked.params, signer: guardian.device }),
  ])
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  assert.equal(answers[0]?.status, 404)
})

// Last: it turns the on.clock.
test('an invitation that is too old takes no request', async () => {
  const { family, key, ...invitation } = await invited()
  const asked = await prepare(family, { key, ...invitation })
  await ask(family, asked, key)
  on.clock.advance(8 * 86_400_000)
  const { state } = await on.visitor.api.call(api.requestState, { params: asked.params }, key)
  assert.equal(state, 'declined')
  const late = await prepare(family, { key, ...invitation })
  await refuses(ask(family, late, key), 'invite-dead', 'invite-expired')
})
