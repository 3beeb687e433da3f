import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newDevice } from '../../test/harness/family.ts'
import { readWraps } from '../protocol/api/households.ts'
import { householdId } from '../protocol/ids.ts'
import { createApi } from './api.ts'

const device = await newDevice()
const params = { household: householdId.from(new Uint8Array(16)) }

/** A server that gives these answers, one after the other, and the nonces it was sent. */
function answering(...answers: readonly [number, object][]): {
  call: () => Promise<unknown>
  nonces: () => readonly string[]
} {
  const nonces: string[] = []
  const api = createApi(
    'http://localhost',
    async (_, init) => {
      const input = new Headers(init.headers).get('signature-input') ?? ''
      const [status, body] = answers[nonces.push(/nonce="([^"]+)"/.exec(input)?.[1] ?? '') - 1] ?? [
        500,
        {},
      ]
      return new Response(JSON.stringify(body), { status })
    },
    () => Date.now(),
  )
  return { call: () => api.call(readWraps, { params }, device), nonces: () => nonces }
}

const COPY = { code: 'signature-refused', message: '', reason: 'nonce' }

test('an answer to a copy of the request is asked for once more, with a nonce of its own', async () => {
  const { call, nonces } = answering([401, COPY], [200, { wraps: [] }])
  assert.deepEqual(await call(), { wraps: [] })
  assert.equal(new Set(nonces()).size, 2)
})

test('and not a third time', async () => {
  const { call, nonces } = answering([401, COPY], [401, COPY], [200, { wraps: [] }])
  await assert.rejects(call(), { code: 'signature-refused', reason: 'nonce' })
  assert.equal(nonces().length, 2)
})

test('no other refusal is asked for again', async () => {
  for (const other of [
    { ...COPY, reason: 'signature' },
    { code: 'not-found', message: '' },
  ]) {
    const { call, nonces } = answering([401, other], [200, { wraps: [] }])
    await assert.rejects(call(), { code: other.code })
    assert.equal(nonces().length, 1)
  }
})

test('every request says the language of its caller, if there is one', async () => {
  const said: (string | null)[] = []
  const answer = async (_: string, init: RequestInit): Promise<Response> => {
    said.push(new Headers(init.headers).get('accept-language'))
    return new Response(JSON.stringify({ wraps: [] }), { status: 200 })
  }
  for (const options of [{ language: 'ar' }, {}]) {
    const api = createApi('http://localhost', answer, () => Date.now(), options)
    await api.call(readWraps, { params }, device)
  }
  assert.deepEqual(said, ['ar', null])
})
