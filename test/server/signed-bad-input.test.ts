import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { array, assert as check, asyncProperty, nat, oneof, record, uint8Array } from 'fast-check'
import { proposeInvite } from '../../src/keys/links.ts'
import { joinKey } from '../../src/keys/invitation.ts'
import { randomBytes } from '../../src/keys/device.ts'
import {
  appendLink,
  askToJoin,
  createHousehold,
  resubmitLinks,
} from '../../src/protocol/api/households.ts'
import { readMailbox, sendMessage } from '../../src/protocol/api/messages.ts'
import { COMMON_ERRORS, errorBody, type Route } from '../../src/protocol/api/route.ts'
import { toBase64url } from '../../src/protocol/bytes.ts'
import { ERRORS, isErrorCode, type ErrorCode } from '../../src/protocol/errors.ts'
import { inviteId } from '../../src/protocol/ids.ts'
import {
  askToJoin as makeRequest,
  foundFamily,
  invite,
  NOW,
  standing,
  stranger,
} from '../harness/family.ts'
import {
  familyClock,
  posted,
  sealVoice,
  upload,
  visit,
  type RawRequest,
  type Visitor,
} from '../harness/key-plane.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

/** Whoever may sign may still send nonsense: a documented code, never a 5xx, nothing stored. */
const clock = familyClock()
const RUNS = { numRuns: 120 }
let server: TestServer
let visitor: Visitor
let home: Awaited<ReturnType<typeof foundFamily>> & { key: Awaited<ReturnType<typeof joinKey>> }
let frame: Uint8Array<ArrayBuffer>
let link: Uint8Array
let request: Awaited<ReturnType<typeof makeRequest>>
let params: { household: string; message: string; principal: string }

before(async () => {
  server = await startTestServer({ clock })
  visitor = await visit(server, clock)
  const founded = await foundFamily()
  const { family, guardian } = founded
  const invited = await invite(family, guardian, 'relative')
  home = { ...founded, key: invited.key }
  await upload(visitor, family, guardian.device)
  const { id: household, principal } = family.household
  const voice = await sealVoice(family, guardian, [principal])
  frame = voice.frame
  params = { household, message: voice.mid, principal }
  request = await makeRequest(family, invited, await stranger())
  const id = inviteId.from(randomBytes(16))
  const { sig: join } = await joinKey(randomBytes(16))
  const invitation = { id, role: 'relative' as const, join, expires: NOW }
  link = (await proposeInvite(standing(family, guardian.device), invitation)).link
})
after(() => server.close())

/** Bytes like `good` that were cut, lengthened or changed in places. */
const damage = record({
  cut: nat(),
  tail: uint8Array({ maxLength: 40 }),
  flips: array(record({ at: nat(), by: nat({ max: 254 }) }), { minLength: 1, maxLength: 4 }),
  how: nat({ max: 2 }),
})
type Damage = { cut: number; tail: Uint8Array; flips: { at: number; by: number }[]; how: number }

function damaged(good: Uint8Array, { cut, tail, flips, how }: Damage): Uint8Array<ArrayBuffer> {
  if (how === 0) return Uint8Array.from(good.subarray(0, cut % good.length))
  if (how === 1) return Uint8Array.from([...good, ...tail, 0])
  const bad = Uint8Array.from(good)
  // Headers are where the structure is.
  for (const { at, by } of flips) {
    const place = at % Math.min(bad.length, 700)
    bad[place] = (good[place] ?? 0) ^ (by + 1)
  }
  return bad
}

async function requireRefused(route: Route, sent: Omit<RawRequest, 'route'>): Promise<void> {
  const { status, body } = await visitor.answer({ route, params, ...sent })
  const { code } = errorBody.parse(JSON.parse(body))
  const allowed: readonly ErrorCode[] = [...COMMON_ERRORS, ...route.errors]
  assert.ok(isErrorCode(code) && allowed.includes(code), `${status} ${body}`)
  assert.equal(status, ERRORS[code].status)
  assert.ok(status < 500, body)
}

test('damaged messages', async () => {
  const signer = home.guardian.device
  const property = asyncProperty(oneof(damage, uint8Array({ maxLength: 300 })), async (how) => {
    const body = how instanceof Uint8Array ? Uint8Array.from(how) : damaged(frame, how)
    // Where only the ciphertext's tail was hit, the hash of the envelope tells.
    await requireRefused(sendMessage, { body, signer })
  })
  await check(property, RUNS)
  const { body } = await visitor.answer({ route: readMailbox, params, signer })
  assert.deepEqual(JSON.parse(body), { entries: [], latest: 0 })
})

test('damaged links', async () => {
  const [genesis] = home.family.links
  assert.ok(genesis)
  const { wraps } = posted(home.family, genesis)
  const property = asyncProperty(damage, async (how) => {
    const signer = home.guardian.device
    const next = JSON.stringify({ link: toBase64url(damaged(link, how)), wraps: [] })
    if (next.length > 20) await requireRefused(appendLink, { body: next, signer })
    const first = JSON.stringify({ link: toBase64url(damaged(genesis, how)), wraps })
    await requireRefused(createHousehold, { body: first })
    clock.advance(120_000)
  })
  await check(property, RUNS)
})

test('damaged history', async () => {
  const { family } = home
  const property = asyncProperty(damage, nat({ max: 3 }), async (how, from) => {
    const links = family.links.slice(from)
    const given = [...links, damaged(link, how)].filter(({ length }) => length > 0)
    if (given.length === links.length) return
    const body = JSON.stringify({ from, links: given.map(toBase64url), wraps: [] })
    await requireRefused(resubmitLinks, { body })
    clock.advance(60_000)
  })
  await check(property, RUNS)
})

test('damaged requests to join', async () => {
  const property = asyncProperty(damage, damage, nat({ max: 3 }), async (how, other, which) => {
    const good = [request.bytes, request.joinSignature, request.deviceSignature, randomBytes(50)]
    good[which] = damaged(good[which] ?? new Uint8Array(), which === 0 ? how : other)
    const [bytes, joinSignature, deviceSignature, hello] = good.map(toBase64url)
    const body = JSON.stringify({ bytes, joinSignature, deviceSignature, hello })
    await requireRefused(askToJoin, { body, signer: home.key })
  })
  await check(property, RUNS)
})

test('the log has no internal error after all of this', () => {
  const errors = server.lines.filter((line) => line.includes('"level":"error"'))
  assert.deepEqual(errors, [])
})
