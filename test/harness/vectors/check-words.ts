import { openCard } from '../../../src/keys/card.ts'
import { joinKey, readInvitation, writeInvitation } from '../../../src/keys/invitation.ts'
import { fromBase64url, toBase64url } from '../../../src/protocol/bytes.ts'
import type { HouseholdId } from '../../../src/protocol/ids.ts'
import { commitmentTo, requestIdOf, sixDigits } from '../../../src/protocol/log/join.ts'
import {
  readSignatureInput,
  signatureBase,
  signedHeaders,
  verifyRequest,
  type SignableRequest,
} from '../../../src/protocol/request-signature.ts'
import { deviceOf } from './check-log.ts'
import type {
  CardVectors,
  DigitsVector,
  InvitationVectors,
  Load,
  RequestVector,
  RequestVectors,
  SignedHeaders,
} from './shapes.ts'
import { refused, same, type Verdict } from './verdicts.ts'

/** Recovery cards: every way of typing opens the same one; wrong codes open none. */
export async function checkCards(load: Load): Promise<readonly Verdict[]> {
  const { cards, refused: wrong } = await load.json<CardVectors>('card.json')
  const good = cards.flatMap(({ code, typed, id, recipient }) =>
    [code, ...typed].map(async (text) => {
      const card = await openCard(text)
      return same(`card ${JSON.stringify(text)}`, [card.id, card.kem], [id, recipient])
    }),
  )
  const seeds = cards.map(async ({ code, id, ...seeded }) => {
    const device = await deviceOf(seeded)
    return same(`card ${code} by its seeds`, device.id, id)
  })
  const bad = wrong.map((text) =>
    refused(`card ${JSON.stringify(text)}`, 'card-invalid', () => openCard(text)),
  )
  return Promise.all([...good, ...seeds, ...bad])
}

/** Invitation links are read and written; damaged ones are refused. */
export async function checkInvitations(load: Load): Promise<readonly Verdict[]> {
  const vectors = await load.json<InvitationVectors>('invitation.json')
  const good = vectors.links.map(async ({ link, join, recipient, ...parts }) => {
    const { sign: _, ...expected } = parts
    const read = readInvitation(link)
    const key = await joinKey(read.secret)
    const got = { ...read, secret: toBase64url(read.secret) }
    return same(
      `invitation ${link}`,
      [got, toBase64url(key.sig), key.kem, writeInvitation(read)],
      [expected, join, recipient, link],
    )
  })
  const bad = vectors.refused.map((link) =>
    refused(`invitation ${link}`, 'link-invalid', () => readInvitation(link)),
  )
  return Promise.all([...good, ...bad])
}

/** The six digits, the commitment and the request's id. */
export async function checkDigits(load: Load): Promise<readonly Verdict[]> {
  const vectors = await load.json<readonly DigitsVector[]>('digits.json')
  return vectors.map((vector, at) => {
    const request = fromBase64url(vector.request)
    const [guardian, joiner] = [vector.guardianNonce, vector.joinerNonce].map(fromBase64url)
    if (!guardian || !joiner) throw new Error('nonces missing')
    const got = [
      sixDigits(vector.household as HouseholdId, request, guardian, joiner),
      toBase64url(commitmentTo(joiner)),
      requestIdOf(request),
    ]
    return same(`digits ${at}`, got, [vector.digits, vector.commitment, vector.requestId])
  })
}

/** Request signatures: made again byte for byte, accepted, and refused when something differs. */
export async function checkRequests(load: Load): Promise<readonly Verdict[]> {
  const { sign, key, requests, refused: bad } = await load.json<RequestVectors>('request.json')
  const device = await deviceOf({ sign, kem: sign })
  const good = requests.map(async ({ request, created, nonce, base, headers }, at) => {
    const asked = signable(request)
    const parameters = { signer: device.id, created, nonce }
    const made = await signedHeaders(asked, parameters, device.sign)
    const text = new TextDecoder().decode(signatureBase(asked, parameters).base)
    verify(request, headers, key, created)
    return same(`request ${at}`, [made, text], [headers, base])
  })
  const refusals = bad.map(({ what, reason, request, headers, now }) =>
    refused(`request refused: ${what}`, reason, () => verify(request, headers, key, now)),
  )
  return Promise.all([...good, ...refusals])
}

function signable({ body, ...rest }: RequestVector): SignableRequest {
  return { ...rest, body: fromBase64url(body) }
}

function verify(request: RequestVector, headers: SignedHeaders, key: string, now: number): void {
  const input = readSignatureInput(headers['signature-input'])
  const { signature, 'content-digest': digest } = headers
  verifyRequest(signable(request), { input, signature, digest }, fromBase64url(key), now * 1000)
}
