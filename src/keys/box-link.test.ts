import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, array, nat, property, string } from 'fast-check'
import { PawpostError } from '../protocol/errors.ts'
import { householdId } from '../protocol/ids.ts'
import { GREETING_BYTES, greetingIn } from './box-fragment.ts'
import { newBoxLink, readBoxLink, writeBoxLink, type BoxLink } from './box-link.ts'
import { randomBytes } from './device.ts'

const origin = 'https://pawpost.example'
const household = householdId.from(randomBytes(16))
const made = (parts: Partial<BoxLink> = {}): BoxLink =>
  newBoxLink({ origin, household, children: [], greeting: 'Mia', ...parts })

test('a link says what it was made of, whatever children and greeting', () => {
  const greetings = string({ unit: 'grapheme', maxLength: 10 }).filter(
    (text) => new TextEncoder().encode(text).length <= GREETING_BYTES,
  )
  check(
    property(array(nat({ max: 31 }), { maxLength: 8 }), greetings, (children, greeting) => {
      const link = made({ children, greeting })
      assert.deepEqual(readBoxLink(writeBoxLink(link)), link)
      const [, fragment = ''] = writeBoxLink(link).split('#')
      assert.equal(greetingIn(fragment), greeting)
    }),
  )
})

test('a link is short enough for a code that an old camera reads', () => {
  assert.ok(writeBoxLink(made({ greeting: 'Mia and Leo' })).length < 110)
})

test('any wrong letter behind the host is noticed, and any part that is missing', () => {
  const link = writeBoxLink(made())
  const start = link.indexOf('/v/')
  const refused = (text: string): boolean => {
    try {
      readBoxLink(text)
      return false
    } catch (error) {
      return error instanceof PawpostError && error.code === 'link-invalid'
    }
  }
  for (let at = start; at < link.length; at += 1) {
    const other = link[at] === 'A' ? 'B' : 'A'
    assert.ok(refused(link.slice(0, at) + other + link.slice(at + 1)), `letter ${at}`)
    assert.ok(refused(link.slice(0, at)), `cut at ${at}`)
  }
  assert.ok(refused(''))
})

test('what is no fragment of ours has no greeting', () => {
  assert.equal(greetingIn(''), undefined)
  assert.equal(greetingIn('not base64 at all'), undefined)
  assert.equal(greetingIn('AAAA'), undefined)
})

test('a greeting that is too long is refused before there is a link', () => {
  assert.throws(() => made({ greeting: 'ü'.repeat(31) }), { code: 'bad-request' })
})
