import assert from 'node:assert/strict'
import { randomBytes as noise } from 'node:crypto'
import { sha256 } from '@noble/hashes/sha2.js'
import { createApi, type Api } from '../../src/client/api.ts'
import type { Device } from '../../src/keys/device.ts'
import { randomBytes } from '../../src/keys/device.ts'
import { seal, type Sealed } from '../../src/keys/message.ts'
import { appendLink, createHousehold } from '../../src/protocol/api/households.ts'
import { sendMessage } from '../../src/protocol/api/messages.ts'
import type { Route } from '../../src/protocol/api/route.ts'
import { toBase64url, toHex } from '../../src/protocol/bytes.ts'
import type { Body } from '../../src/protocol/message/kinds.ts'
import { PawpostError, type ErrorCode } from '../../src/protocol/errors.ts'
import { messageId, type MessageId, type PrincipalId } from '../../src/protocol/ids.ts'
import { readLink } from '../../src/protocol/log/link.ts'
import type { WrapRef } from '../../src/protocol/log/ops.ts'
import { requestNonce, signedHeaders } from '../../src/protocol/request-signature.ts'
import type { Clock } from '../../src/server/platform/clock.ts'
import { signUpAt } from './account.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { NOW, type Family, type Party } from './family.ts'
import { childOf } from './letters.ts'

/** A server, as far as calling it goes. */
type Target = { readonly origin: string; mails(): Promise<string[]> }

/** A clock that stands where the harness's families live. */
export function familyClock(): TestClock {
  const clock = createTestClock()
  clock.advance(NOW - Date.now())
  return clock
}

/** Calls of one signed-in account. */
export type Visitor = {
  readonly api: Api
  readonly cookie: string
  /** The status and body of an answer, exactly as they came. */
  answer(request: RawRequest): Promise<Answer>
}

export type Answer = { readonly status: number; readonly body: string }

export type RawRequest = {
  readonly route: Route
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly signer?: Device
  /** Seconds to set the signer's clock off by. */
  readonly clockOff?: number
  readonly nonce?: string
  /** Changes the headers after they were signed. */
  readonly tamper?: (headers: Headers) => void
}

/** Opens an account at a server; its requests are signed at the time of `clock`. */
export async function visit(server: Target, clock: Clock): Promise<Visitor> {
  const { cookie } = await signUpAt(server)
  return visitWith(server, cookie, clock)
}

/** As {@link visit}, with the cookie of a session that is there already. */
export function visitWith(
  { origin }: Pick<Target, 'origin'>,
  cookie: string,
  clock: Clock,
): Visitor {
  const now = (): number => clock.now()
  const api = createApi(
    origin,
    (input, init) => {
      const headers = new Headers(init.headers)
      headers.set('cookie', cookie)
      return fetch(input, { ...init, headers })
    },
    now,
  )
  return { api, cookie, answer: (request) => answer(origin, cookie, now, request) }
}

async function answer(
  origin: string,
  cookie: string,
  now: () => number,
  request: RawRequest,
): Promise<Answer> {
  const { route, body, signer, tamper } = request
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => request.params?.[name] ?? '')
  const url = new URL(path + (request.query ?? ''), origin)
  const headers = new Headers({ cookie })
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  if (body !== undefined) {
    const isText = typeof body === 'string'
    headers.set('content-type', isText ? 'application/json' : 'application/octet-stream')
  }
  if (signer) {
    const { host: authority, pathname, search } = url
    const signable = {
      method: route.method,
      authority,
      path: pathname,
      query: search || '?',
      body: bytes ?? new Uint8Array(),
    }
    const created = Math.floor(now() / 1000) + (request.clockOff ?? 0)
    const nonce = request.nonce ?? requestNonce(randomBytes(16))
    const signed = await signedHeaders(signable, { signer: signer.id, created, nonce }, signer.sign)
    for (const [name, value] of Object.entries(signed)) headers.set(name, value)
  }
  tamper?.(headers)
  const response = await fetch(url, {
    method: route.method,
    headers,
    ...(bytes && { body: bytes }),
  })
  return { status: response.status, body: await response.text() }
}

/** The body of a link's post: the link and exactly the wraps that it names. */
export function posted(family: Family, link: Uint8Array): { link: string; wraps: string[] } {
  const wraps = namedIn(link).map(({ hash }) => {
    const wrap = family.wraps.get(toHex(hash))
    assert.ok(wrap, 'a wrap is missing')
    return toBase64url(wrap)
  })
  return { link: toBase64url(link), wraps }
}

type Named = { readonly wraps?: readonly WrapRef[] }
type Naming = {
  readonly person?: Named
  readonly household?: Named
  readonly rotation?: Named
  readonly rotations?: readonly Named[]
  readonly grants?: readonly WrapRef[]
}

function namedIn(link: Uint8Array): readonly WrapRef[] {
  const {
    person,
    household,
    rotation,
    rotations = [],
    grants = [],
  } = readLink(link).body.a as Naming
  const parts = [person, household, rotation, ...rotations]
  return [...parts.flatMap((part) => part?.wraps ?? []), ...grants]
}

/** Founds a family on a server and appends all its links, which `by` made. */
export async function upload({ api }: Visitor, family: Family, by: Device): Promise<void> {
  const [genesis, ...others] = family.links
  assert.ok(genesis)
  await api.call(createHousehold, { body: posted(family, genesis) })
  for (const link of others) await appendTo({ api }, family, by, link)
}

/** Appends one link; gives the length of the log after it. */
export async function appendTo(
  { api }: Pick<Visitor, 'api'>,
  family: Family,
  by: Device,
  link: Uint8Array | undefined = family.links.at(-1),
): Promise<number> {
  assert.ok(link)
  const params = { household: family.household.id }
  const { length } = await api.call(appendLink, { params, body: posted(family, link) }, by)
  return length
}

export function newMessageId(): MessageId {
  return messageId.from(randomBytes(16))
}

/** A sealed voice of somebody's, of so many random bytes. */
export async function sealVoice(
  { household }: Family,
  { device }: Party,
  to: readonly PrincipalId[],
  { mid = newMessageId(), bytes = 500, n = 1 } = {},
): Promise<Sealed & { readonly mid: MessageId }> {
  const body = {
    author: 'sender',
    for: [childOf(household)],
    codec: 'opus/ogg',
    durationMs: 1000,
    sound: Uint8Array.from(noise(bytes)),
  } satisfies Body<'voice'>
  const content = { kind: 'voice', body } as const
  const prev = sha256(new Uint8Array())
  return { ...(await seal(household, device, { mid, to, content, at: NOW, n, prev })), mid }
}

/** Sends a frame under an id. */
export async function send(
  { api }: Visitor,
  family: Family,
  by: Device,
  { mid, frame }: { mid: MessageId; frame: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const params = { household: family.household.id, message: mid }
  await api.call(sendMessage, { params, body: frame }, by)
}

/** Asserts that a promise is refused with a code of the vocabulary, and a reason if one is given. */
export async function refuses(
  promise: Promise<unknown>,
  code: ErrorCode,
  reason?: string,
): Promise<void> {
  const error: unknown = await promise.then(
    () => assert.fail(`not refused with ${code}`),
    (cause: unknown) => cause,
  )
  assert.ok(error instanceof PawpostError, String(error))
  assert.equal(error.code, code, error.reason)
  if (reason !== undefined) assert.equal(error.reason, reason)
}
