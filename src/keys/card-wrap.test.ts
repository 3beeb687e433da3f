import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../protocol/bytes.ts'
import { CARD_WRAP_INPUT, unwrapCard, wrapCard } from './card-wrap.ts'
import { newCard } from './card.ts'
import { randomBytes } from './device.ts'

const CLOSED = { code: 'tampered', reason: 'card-wrap' }

test('a card comes back as it was printed, however it was typed', async () => {
  const [output, code] = [randomBytes(32), newCard()]
  for (const typed of [code, code.toLowerCase().replaceAll('-', ' ')]) {
    assert.equal(await unwrapCard(output, await wrapCard(output, typed)), code)
  }
})

test('the same card is never sealed twice in the same way', async () => {
  const [output, code] = [randomBytes(32), newCard()]
  const sealed = await Promise.all([1, 2].map(() => wrapCard(output, code)))
  assert.notDeepEqual(sealed[0], sealed[1])
  for (const one of sealed) assert.equal(one.length, 12 + 16 + 16)
})

test('what is no code is not kept', async () => {
  await assert.rejects(wrapCard(randomBytes(32), 'not a code'), { code: 'card-invalid' })
})

test('another passkey opens nothing, nor does this one open what was changed', async () => {
  const output = randomBytes(32)
  const sealed = await wrapCard(output, newCard())
  await assert.rejects(unwrapCard(randomBytes(32), sealed), CLOSED)
  await assert.rejects(unwrapCard(output, new Uint8Array()), CLOSED)
  for (const at of sealed.keys()) {
    const changed = Uint8Array.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    await assert.rejects(unwrapCard(output, changed), CLOSED, `byte ${at}`)
  }
})

test('authenticators are asked for the same input for ever', () => {
  assert.equal(
    toHex(CARD_WRAP_INPUT),
    'f2e7596013c1c4214e95930141d0153edb0f9494fc1af6e0f4d97c389b07bba4',
  )
})
