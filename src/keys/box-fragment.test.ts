import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concatBytes, toBase64url } from '../protocol/bytes.ts'
import { GREETING_BYTES, greetingIn, readWords, SECRET_BYTES, writeWords } from './box-fragment.ts'

const secret = Uint8Array.from({ length: SECRET_BYTES }, (_, at) => at)
const words = { secret, children: [0, 3], greeting: 'Mía & Leo' }
/** version ‖ secret ‖ how many children ‖ their numbers ‖ greeting. */
const HEX = '01 000102030405060708090a0b0c0d0e0f 02 0003 4dc3ad612026204c656f'
const BYTES = Uint8Array.from(Buffer.from(HEX.replaceAll(' ', ''), 'hex'))
const HEAD = BYTES.slice(0, 17)
const CHECK = Uint8Array.of(0, 0)

function refuses(bytes: Uint8Array): void {
  assert.equal(readWords(bytes), undefined)
  assert.equal(greetingIn(toBase64url(concatBytes(bytes, CHECK))), undefined)
}

test('the words of a link have their places, byte by byte', () => {
  assert.deepEqual(writeWords(words), BYTES)
  assert.deepEqual(readWords(BYTES), words)
})

test('no children and no greeting are words as well', () => {
  const bare = { secret, children: [], greeting: '' }
  assert.deepEqual(writeWords(bare), concatBytes(HEAD, Uint8Array.of(0)))
  assert.deepEqual(readWords(writeWords(bare)), bare)
})

test('every letter of a greeting comes back, also one that cannot be seen', () => {
  for (const greeting of ['\ufeffMia', 'ليلى', '👧🏽', 'a\0b']) {
    assert.equal(readWords(writeWords({ ...words, greeting }))?.greeting, greeting)
  }
})

test('a greeting has sixty bytes at most', () => {
  assert.equal(GREETING_BYTES, 60)
  const longest = { ...words, greeting: 'ü'.repeat(30) }
  assert.deepEqual(readWords(writeWords(longest)), longest)
  refuses(writeWords({ ...words, greeting: `${longest.greeting}a` }))
})

test('another version is not read', () => {
  for (const version of [0, 2, 255]) refuses(BYTES.with(0, version))
})

test('words without their head, or with fewer children than they say, are not read', () => {
  for (let length = 0; length <= HEAD.length; length += 1) refuses(BYTES.slice(0, length))
  refuses(concatBytes(HEAD, Uint8Array.of(1)))
  refuses(concatBytes(HEAD, Uint8Array.of(3, 0, 3)))
})

test('a greeting that is no UTF-8 is not read', () => {
  for (const bad of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
    refuses(concatBytes(HEAD, Uint8Array.of(0, ...bad)))
  }
})

test('the greeting is read from a fragment before its check is', () => {
  assert.equal(greetingIn('AQABAgMEBQYHCAkKCwwNDg8CAANNw61hICYgTGVv-9E'), 'Mía & Leo')
  assert.equal(greetingIn('AQABAgMEBQYHCAkKCwwNDg8CAANNw61hICYgTGVv--E'), 'Mía & Leo')
  assert.equal(greetingIn('AQABAgMEBQYHCAkKCwwNDg8AkR8'), '')
})

test('a fragment that is no base64url has no greeting', () => {
  const fragment = 'AQABAgMEBQYHCAkKCwwNDg8CAANNw61hICYgTGVv-9E'
  const wrong = [
    '',
    'AAAA',
    'not base64 at all',
    `${fragment}=`,
    `#${fragment}`,
    fragment.replace('-', '+'),
    fragment.replace(/E$/, 'F'),
  ]
  for (const text of wrong) assert.equal(greetingIn(text), undefined, text)
})
