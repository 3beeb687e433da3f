import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../protocol/bytes.ts'
import { CARD_WRAP_INPUT, unwrapCard, wrapCard } from './card-wrap.ts'
import { newCard } from './card.ts'
import { randomBytes } from './device.ts'

/** Made by another program: IV ‖ AES-256-GCM of the 16 bytes 0 to 15, under the bytes 0 to 31. */
const KNOWN = {
  output: Uint8Array.from({ length: 32 }, (_, at) => at),
  code: '000G-40R4-0M30-E209-185G-R38E-1WHQ',
  wrapped: Uint8Array.from(
    Buffer.from(
      'a0a1a2a3a4a5a6a7a8a9aaab32a33a26341368f970522aaf3c7b4f62580a250ae1e4936b629ee610abd611f4',
      'hex',
    ),
  ),
}
const CLOSED = { code: 'tampered', reason: 'card-wrap' }

test('a card comes back as it was printed, however it was typed', async () => {
  const [output, code] = [randomBytes(32), newCard()]
  for (const typed of [code, code.toLowerCase().replaceAll('-', ' ')]) {
    assert.equal(await unwrapCard(output, await wrapCard(output, typed)), code)
  }
})

test('what was wrapped long ago opens', async () => {
  assert.equal(await unwrapCard(KNOWN.output, KNOWN.wrapped), KNOWN.code)
})

test('the same card is never sealed twice in the same way', async () => {
  const [output, code] = [randomBytes(32), newCard()]
  const sealed = await Promise.all([1, 2].map(() => wrapCard(output, code)))
  assert.notDeepEqual(sealed[0], sealed[1])
  for (const one of sealed) assert.equal(one.length, 12 + 16 + 16)
})

test('what is no code is not kept', async () => {
  const wrong = [KNOWN.code.slice(0, -1), `${KNOWN.code}0`, KNOWN.code.replace('WHQ', 'WQH')]
  for (const code of ['', 'not a code', ...wrong]) {
    await assert.rejects(wrapCard(KNOWN.output, code), { code: 'card-invalid' }, code)
  }
})

test('another passkey opens nothing, nor does this one open what was changed', async () => {
  const { output, wrapped } = KNOWN
  const others = [randomBytes(32), new Uint8Array(32), output.slice(1), output.with(31, 0)]
  for (const other of others) await assert.rejects(unwrapCard(other, wrapped), CLOSED)
  for (const at of wrapped.keys()) {
    const changed = wrapped.with(at, (wrapped[at] ?? 0) ^ 1)
    await assert.rejects(unwrapCard(output, changed), CLOSED, `byte ${at}`)
    await assert.rejects(unwrapCard(output, wrapped.slice(0, at)), CLOSED, `cut at ${at}`)
  }
  await assert.rejects(unwrapCard(output, Uint8Array.of(...wrapped, 0)), CLOSED)
  await assert.rejects(unwrapCard(output, Uint8Array.of(0, ...wrapped)), CLOSED)
  const swapped = Uint8Array.of(...wrapped.slice(12), ...wrapped.slice(0, 12))
  await assert.rejects(unwrapCard(output, swapped), CLOSED)
})

test('authenticators are asked for the same input for ever', () => {
  assert.equal(
    toHex(CARD_WRAP_INPUT),
    'f2e7596013c1c4214e95930141d0153edb0f9494fc1af6e0f4d97c389b07bba4',
  )
})
