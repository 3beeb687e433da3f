import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { fromBase64url } from './bytes.ts'
import { deviceIdOf, verifySignature } from './ed25519.ts'
import {
  CLOCK_TOLERANCE,
  contentDigest,
  readSignatureInput,
  requestNonce,
  signatureBase,
  signedHeaders,
  verifyRequest,
  type SignableRequest,
} from './request-signature.ts'

const text = new TextEncoder()
const seed = new Uint8Array(32).fill(7)
const key = ed25519.getPublicKey(seed)
const CREATED = 1_618_884_473
const NOW = CREATED * 1000

const request: SignableRequest = {
  method: 'PUT',
  authority: 'pawpost.example:8443',
  path: '/api/households/hh-AAAAAAAAAAAAAAAAAAAAAA/messages/msg-AAAAAAAAAAAAAAAAAAAAAA',
  query: '?',
  body: text.encode('{"hello": "world"}'),
}
const parameters = {
  signer: deviceIdOf(key),
  created: CREATED,
  nonce: requestNonce(new Uint8Array(16)),
}

function sign(bytes: Uint8Array): Promise<Uint8Array> {
  return Promise.resolve(ed25519.sign(bytes, seed))
}

type Headers = Awaited<ReturnType<typeof signedHeaders>>

function verify(
  asked: SignableRequest,
  headers: Headers,
  { now = NOW, by = key }: { now?: number; by?: Uint8Array } = {},
): void {
  const input = readSignatureInput(headers['signature-input'])
  const { signature, 'content-digest': digest } = headers
  verifyRequest(asked, { input, signature, digest }, by, now)
}

test('the signed bytes are those of RFC 9421 section 2.5, written out by hand', () => {
  const signer = 'dev-AAAAAAAAAAAAAAAAAAAAAA' as typeof parameters.signer
  const { base, input } = signatureBase(request, { ...parameters, signer })
  assert.equal(
    new TextDecoder().decode(base),
    `"@method": PUT
"@authority": pawpost.example:8443
"@path": /api/households/hh-AAAAAAAAAAAAAAAAAAAAAA/messages/msg-AAAAAAAAAAAAAAAAAAAAAA
"@query": ?
"content-digest": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:
"@signature-params": ("@method" "@authority" "@path" "@query" "content-digest");created=1618884473;nonce="AAAAAAAAAAAAAAAAAAAAAA";keyid="dev-AAAAAAAAAAAAAAAAAAAAAA";alg="ed25519"`,
  )
  assert.equal(
    input,
    'pp=("@method" "@authority" "@path" "@query" "content-digest");created=1618884473;nonce="AAAAAAAAAAAAAAAAAAAAAA";keyid="dev-AAAAAAAAAAAAAAAAAAAAAA";alg="ed25519"',
  )
})

test('the digest is that of RFC 9530', () => {
  const empty = 'sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:'
  assert.equal(contentDigest(new Uint8Array()), empty)
})

test('our verifier accepts the Ed25519 example of RFC 9421 appendix B.2.6', () => {
  const base = `"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"`
  const signature =
    'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=='
  const theirs = fromBase64url('JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs')
  const bytes = Uint8Array.from(Buffer.from(signature, 'base64'))
  assert.ok(verifySignature(bytes, text.encode(base), theirs))
  assert.ok(!verifySignature(bytes, text.encode(`${base} `), theirs))
})

test('an honest request is accepted, with and without a query', async () => {
  verify(request, await signedHeaders(request, parameters, sign))
  const asked = { ...request, method: 'GET', query: '?from=3', body: new Uint8Array() }
  verify(asked, await signedHeaders(asked, parameters, sign))
})

describe('what is covered cannot be changed', () => {
  const changes: Readonly<Record<string, Partial<SignableRequest>>> = {
    method: { method: 'DELETE' },
    'letter case of the method': { method: 'put' },
    host: { authority: 'evil.example:8443' },
    port: { authority: 'pawpost.example' },
    path: { path: request.path.replace('messages', 'mailboxes') },
    query: { query: '?from=1' },
    'a query that is not there': { query: '' },
  }
  for (const [what, change] of Object.entries(changes)) {
    test(what, async () => {
      const headers = await signedHeaders(request, parameters, sign)
      assert.throws(() => verify({ ...request, ...change }, headers), {
        code: 'signature-refused',
        reason: 'signature',
      })
    })
  }

  test('the body', async () => {
    const headers = await signedHeaders(request, parameters, sign)
    const other = { ...request, body: text.encode('{"hello": "World"}') }
    assert.throws(() => verify(other, headers), { code: 'signature-refused', reason: 'digest' })
    const fitted = { ...headers, 'content-digest': contentDigest(other.body) }
    assert.throws(() => verify(other, fitted), { code: 'signature-refused', reason: 'signature' })
  })

  for (const [what, from, to] of [
    ['the time', `created=${CREATED}`, `created=${CREATED + 1}`],
    ['the nonce', 'nonce="A', 'nonce="B'],
    ['the signer', /keyid="dev-[^"]+"/, 'keyid="dev-AAAAAAAAAAAAAAAAAAAAAA"'],
  ] as const) {
    test(what, async () => {
      const headers = await signedHeaders(request, parameters, sign)
      const changed = headers['signature-input'].replace(from, to)
      assert.notEqual(changed, headers['signature-input'])
      assert.throws(() => verify(request, { ...headers, 'signature-input': changed }), {
        code: 'signature-refused',
        reason: 'signature',
      })
    })
  }

  test('the key', async () => {
    const headers = await signedHeaders(request, parameters, sign)
    const by = ed25519.getPublicKey(new Uint8Array(32).fill(8))
    const refused = { code: 'signature-refused', reason: 'signature' }
    assert.throws(() => verify(request, headers, { by }), refused)
    assert.throws(() => verify(request, headers, { by: new Uint8Array(3) }), refused)
  })
})

describe('headers that are not ours are refused', () => {
  const input = signatureBase(request, parameters).input
  const inputs: Readonly<Record<string, unknown>> = {
    missing: undefined,
    'sent twice': [input, input],
    empty: '',
    'another label': input.replace('pp=', 'sig='),
    'a second signature': `${input}, pp2=("@method")`,
    'fewer components': input.replace(' "@query"', ''),
    'another order': input.replace('"@method" "@authority"', '"@authority" "@method"'),
    'another algorithm': input.replace('ed25519', 'hmac-sha256'),
    'no algorithm': input.replace(';alg="ed25519"', ''),
    'an expiry': `${input};expires=9999999999`,
    'a time that is no number': input.replace(`${CREATED}`, '16188x4473'),
    'a negative time': input.replace(`${CREATED}`, '-1'),
    'a time too long to be one': input.replace(`${CREATED}`, '1'.repeat(13)),
    'a short nonce': input.replace('nonce="A', 'nonce="'),
    'a key id that is none': input.replace('keyid="dev-', 'keyid="inv-'),
    'a key id with loose bits': input.replace(
      /keyid="dev-.{21}./,
      'keyid="dev-AAAAAAAAAAAAAAAAAAAAAB',
    ),
    'a line break behind it': `${input}\n`,
  }
  for (const [what, value] of Object.entries(inputs)) {
    test(`Signature-Input: ${what}`, () => {
      assert.throws(() => readSignatureInput(value), {
        code: 'signature-refused',
        reason: 'malformed',
      })
    })
  }

  const good = Buffer.from(new Uint8Array(64)).toString('base64')
  const signatures: Readonly<Record<string, unknown>> = {
    missing: undefined,
    'sent twice': ['a', 'b'],
    empty: '',
    'another label': `sig=:${good}:`,
    short: `pp=:${good.slice(4)}:`,
    'not base64': `pp=:${good.replace('A', '!')}:`,
    'in base64url': `pp=:${good.replace('A', '_')}:`,
    'with loose bits at its end': `pp=:${good.replace('A==', 'B==')}:`,
    'with more behind it': `pp=:${good}:, pp2=:${good}:`,
  }
  for (const [what, signature] of Object.entries(signatures)) {
    test(`Signature: ${what}`, () => {
      const digest = contentDigest(request.body)
      const headers = { input: parameters, signature, digest }
      assert.throws(() => verifyRequest(request, headers, key, NOW), {
        code: 'signature-refused',
        reason: 'malformed',
      })
    })
  }

  test('Content-Digest: missing, of another kind, or in another form', async () => {
    const headers = await signedHeaders(request, parameters, sign)
    const input = readSignatureInput(headers['signature-input'])
    const { signature } = headers
    const right = headers['content-digest']
    for (const digest of [
      undefined,
      '',
      right.toUpperCase(),
      `${right}, sha-512=:AA==:`,
      [right],
    ]) {
      assert.throws(() => verifyRequest(request, { input, signature, digest }, key, NOW), {
        code: 'signature-refused',
        reason: 'digest',
      })
    }
  })

  test('a path that is not ASCII', async () => {
    const headers = await signedHeaders(request, parameters, sign)
    assert.throws(() => verify({ ...request, path: '/café' }, headers), {
      code: 'signature-refused',
      reason: 'malformed',
    })
  })
})

test('the clock of the signer may be off by five minutes, to the second', async () => {
  const headers = await signedHeaders(request, parameters, sign)
  for (const off of [-CLOCK_TOLERANCE, 0, CLOCK_TOLERANCE]) {
    verify(request, headers, { now: NOW + off * 1000 })
  }
  for (const off of [-CLOCK_TOLERANCE - 1, CLOCK_TOLERANCE + 1]) {
    assert.throws(() => verify(request, headers, { now: NOW + off * 1000 }), {
      code: 'clock-wrong',
    })
  }
})

test('a wrong clock is told only to who signed: a forger learns nothing of it', async () => {
  const headers = await signedHeaders(request, parameters, sign)
  const by = ed25519.getPublicKey(new Uint8Array(32).fill(8))
  assert.throws(() => verify(request, headers, { now: 0, by }), { code: 'signature-refused' })
})
