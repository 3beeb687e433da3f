import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { byteNeedles, createHunter, textNeedles, type Hit } from './hunt.ts'

const NAME = 'Zoë Canary'

function found(hits: readonly Hit[]): readonly string[] {
  return [...new Set(hits.map(({ form }) => form))].toSorted()
}

test('a name is found in every form it may take, wherever it begins', async () => {
  const hunter = createHunter(textNeedles('child', NAME))
  const written: readonly (readonly [form: string, text: Buffer])[] = [
    ['utf-8', Buffer.from(`xx${NAME}yy`)],
    ['utf-16le', Buffer.from(`xx${NAME}yy`, 'utf16le')],
    ['utf-16be', Buffer.from(`xx${NAME}yy`, 'utf16le').swap16()],
    ['json', Buffer.from('{"name":"Zo\\u00eb Canary"}')],
    ['hex', Buffer.from(Buffer.from(`xx${NAME}yy`).toString('hex'))],
    ['hex', Buffer.from(Buffer.from(NAME, 'utf16le').toString('hex').toUpperCase())],
  ]
  for (const [form, text] of written) {
    const forms = found(await hunter.hunt('here', [text]))
    assert.ok(forms.includes(form), `${form}: ${forms.join()}`)
  }
  for (const before of ['', 'a', 'ab', 'abc']) {
    for (const form of ['base64', 'base64url'] as const) {
      const text = Buffer.from(Buffer.from(`${before}${NAME}more`).toString(form))
      assert.notDeepEqual(found(await hunter.hunt('here', [text])), [], `${form} after ${before}`)
    }
  }
})

test('a needle is found across every border of pieces, once, and at its place', async () => {
  const needle = randomBytes(24)
  const hunter = createHunter(byteNeedles('sound', needle))
  const whole = Buffer.concat([randomBytes(40), needle, randomBytes(40)])
  for (let border = 0; border <= whole.length; border += 1) {
    const hits = await hunter.hunt('here', [whole.subarray(0, border), whole.subarray(border)])
    assert.deepEqual(hits, [{ name: 'sound', form: 'bytes', place: 'here', at: 40 }])
  }
  const bytes = Array.from(whole, (byte) => Uint8Array.of(byte))
  assert.equal((await hunter.hunt('here', bytes)).length, 1)
})

test('every occurrence is found, those that overlap included', async () => {
  const hunter = createHunter(byteNeedles('knock', Buffer.from('knockknock')))
  const hits = await hunter.hunt('door', [Buffer.from('knockknockknock, who is there?')])
  assert.deepEqual(
    hits.map(({ at }) => at),
    [0, 5],
  )
})

test('nothing is found where nothing is', async () => {
  const hunter = createHunter([
    ...textNeedles('child', NAME),
    ...byteNeedles('sound', randomBytes(24)),
  ])
  assert.deepEqual(await hunter.hunt('noise', [randomBytes(1 << 20), randomBytes(1 << 20)]), [])
  assert.deepEqual(await hunter.hunt('nothing', []), [])
  assert.deepEqual(await hunter.hunt('almost', [Buffer.from(NAME.slice(0, -1))]), [])
})

test('a needle of three bytes would be found everywhere', () => {
  assert.throws(() => createHunter(textNeedles('initials', 'abc')), RangeError)
})
