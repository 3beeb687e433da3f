import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base32crockford } from '@scure/base'
import { newCard, openCard } from '../../src/keys/card.ts'
import { generateSeeds, loadDevice, randomBytes } from '../../src/keys/device.ts'
import { joinKey, newInvitation, writeInvitation } from '../../src/keys/invitation.ts'
import { ascii, toBase64url } from '../../src/protocol/bytes.ts'
import { householdId } from '../../src/protocol/ids.ts'
import { commitmentTo, requestIdOf, sixDigits } from '../../src/protocol/log/join.ts'
import {
  CLOCK_TOLERANCE,
  requestNonce,
  signatureBase,
  signedHeaders,
  type SignableRequest,
} from '../../src/protocol/request-signature.ts'
import { reasonOf } from '../../test/harness/vectors/verdicts.ts'
import type {
  CardVectors,
  DigitsVector,
  InvitationVectors,
  RequestVector,
  RequestVectors,
  SignedHeaders,
} from '../../test/harness/vectors/shapes.ts'
import { cardSeeds } from './cast.ts'
import { drawFrom } from './random.ts'

/** `card.json`: recovery cards, every way to type them, and codes that open nothing. */
export async function cardVectors(): Promise<CardVectors> {
  drawFrom('card')
  const codes = [
    ...Array.from({ length: 3 }, () => newCard()),
    '0123-4567-89AB-CDEF-GHJK-MNPQ-R0FQ',
  ]
  const cards = await Promise.all(
    codes.map(async (code) => {
      const { id, kem: recipient } = await openCard(code)
      const secret = base32crockford.decode(code.replaceAll('-', '').slice(0, 26))
      return {
        code,
        secret: toBase64url(secret),
        ...cardSeeds(code),
        id,
        recipient,
        typed: typed(code),
      }
    }),
  )
  const [first = ''] = codes
  const last = first.endsWith('0') ? '1' : '0'
  const wrong = ['', first.slice(0, -1), `${first}0`, first.slice(0, -1) + last, swapped(first)]
  const refused: string[] = []
  for (const code of wrong) {
    if ((await reasonOf(() => openCard(code))) === 'card-invalid') refused.push(code)
  }
  return { cards, refused }
}

function typed(code: string): readonly string[] {
  return [
    code.toLowerCase(),
    code.replaceAll('-', ''),
    code.replaceAll('-', ' '),
    ` ${code.replaceAll('-', ' – ')}\n`,
    code.replaceAll('0', 'o').replaceAll('1', 'l'),
    code.replaceAll('0', 'O').replaceAll('1', 'I'),
  ]
}

/** The first two different neighbours in each other's place: what hands do. */
function swapped(code: string): string {
  const [a = '', b = ''] = [code[0], code[1]]
  return b + a + code.slice(2)
}

/** `invitation.json`: links, the key that each derives, and damaged links. */
export async function invitationVectors(): Promise<InvitationVectors> {
  drawFrom('invitation')
  const household = householdId.from(randomBytes(16))
  const origins = ['https://pawpost.example', 'http://localhost:8080']
  const links = await Promise.all(
    origins.map(async (origin) => {
      const invitation = newInvitation(origin, household)
      const { id, secret } = invitation
      const sign = hkdf(sha256, secret, undefined, ascii('pawpost/join-key/v1/sig'), 32)
      const { sig, kem: recipient } = await joinKey(secret)
      const join = toBase64url(sig)
      const link = writeInvitation(invitation)
      return {
        link,
        origin,
        id,
        household,
        secret: toBase64url(secret),
        sign: toBase64url(sign),
        join,
        recipient,
      }
    }),
  )
  const { link = '', id = '' } = links[0] ?? {}
  const [before = '', fragment = ''] = link.split('#')
  const refused = [
    before,
    `${before}#`,
    `${before}#${fragment.slice(0, -1)}`,
    `${before}#${fragment.slice(0, -2)}`,
    `${before}#${fragment}A`,
    `${before}#${fragment.startsWith('A') ? 'B' : 'A'}${fragment.slice(1)}`,
    `${before.replace(id, `inv-${'A'.repeat(22)}`)}#${fragment}`,
    link.replace('/j/', '/k/'),
    fragment,
    'not a link',
  ]
  return { links, refused }
}

/** `digits.json`: among them one with zeros in front. */
export function digitsVectors(): readonly DigitsVector[] {
  drawFrom('digits')
  const vectors: DigitsVector[] = []
  while (vectors.length < 4) {
    const household = householdId.from(randomBytes(16))
    const [request, guardian, joiner] = [randomBytes(120), randomBytes(32), randomBytes(32)]
    const digits = sixDigits(household, request, guardian, joiner)
    if (vectors.length === 0 && !digits.startsWith('00')) continue
    vectors.push({
      household,
      request: toBase64url(request),
      requestId: requestIdOf(request),
      guardianNonce: toBase64url(guardian),
      joinerNonce: toBase64url(joiner),
      commitment: toBase64url(commitmentTo(joiner)),
      digits,
    })
  }
  return vectors
}

const CREATED = 1_777_593_600

/** `request.json`: signed requests, and what is refused about them. */
export async function requestVectors(): Promise<RequestVectors> {
  drawFrom('request')
  const { sign } = generateSeeds()
  const device = await loadDevice({ kind: 'seeds', sign, kem: sign })
  const path = '/api/households/hh-AAAAAAAAAAAAAAAAAAAAAA/log'
  const authority = 'pawpost.example'
  const asked: readonly RequestVector[] = [
    { method: 'GET', authority, path, query: '?from=3', body: '' },
    { method: 'GET', authority: `${authority}:8443`, path, query: '?', body: '' },
    { method: 'POST', authority, path, query: '?', body: toBase64url(ascii('{"link":"AA"}')) },
  ]
  const requests = await Promise.all(
    asked.map(async (request) => {
      const parameters = {
        signer: device.id,
        created: CREATED,
        nonce: requestNonce(randomBytes(16)),
      }
      const { nonce } = parameters
      const base = new TextDecoder().decode(signatureBase(signable(request), parameters).base)
      const headers = await signedHeaders(signable(request), parameters, device.sign)
      return { request, created: CREATED, nonce, base, headers }
    }),
  )
  const post = requests[2]
  if (!post) throw new Error('three requests')
  const refused = refusals(post.request, post.headers)
  return { sign: toBase64url(sign), key: toBase64url(device.sig), requests, refused }
}

function signable({ body, ...rest }: RequestVector): SignableRequest {
  return { ...rest, body: Uint8Array.from(Buffer.from(body, 'base64url')) }
}

function refusals(request: RequestVector, headers: SignedHeaders): RequestVectors['refused'] {
  const common = { request, headers, now: CREATED }
  const asked = (what: string, change: Partial<RequestVector>, reason = 'signature') => ({
    ...common,
    what,
    reason,
    request: { ...request, ...change },
  })
  const input = headers['signature-input']
  const said = (what: string, change: Partial<SignedHeaders>, reason: string) => ({
    ...common,
    what,
    reason,
    headers: { ...headers, ...change },
  })
  const late = CLOCK_TOLERANCE + 1
  return [
    asked('another method', { method: 'PUT' }),
    asked('another host', { authority: 'evil.example' }),
    asked('another path', { path: `${request.path}/x` }),
    asked('another query', { query: '?from=1' }),
    asked('another body', { body: '' }, 'digest'),
    said(
      'another nonce',
      { 'signature-input': input.replace(/nonce="./, 'nonce="_') },
      'signature',
    ),
    said('another label', { 'signature-input': input.replace('pp=', 'p=') }, 'malformed'),
    said('no algorithm', { 'signature-input': input.replace(';alg="ed25519"', '') }, 'malformed'),
    said(
      'a signature cut short',
      { signature: headers.signature.replace(/.==:$/, ':') },
      'malformed',
    ),
    { ...common, what: 'a clock ahead', reason: 'clock-wrong', now: CREATED - late },
    { ...common, what: 'a clock behind', reason: 'clock-wrong', now: CREATED + late },
  ]
}
