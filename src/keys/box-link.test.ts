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

/** Its check was computed by another program. */
const KNOWN =
  'https://pawpost.example/v/hh-EBESExQVFhcYGRobHB0eHw#AQABAgMEBQYHCAkKCwwNDg8CAANNw61hICYgTGVv-9E'
const known: BoxLink = {
  origin,
  household: householdId.from(Uint8Array.from({ length: 16 }, (_, at) => 16 + at)),
  secret: Uint8Array.from({ length: 16 }, (_, at) => at),
  children: [0, 3],
  greeting: 'Mía & Leo',
}

test('a link printed long ago is read, and would be printed so again', () => {
  assert.equal(writeBoxLink(known), KNOWN)
  assert.deepEqual(readBoxLink(KNOWN), known)
  assert.deepEqual(readBoxLink(`\u00a0${KNOWN}\n`), known)
})

test('words that are none are refused, though the check fits', () => {
  const wrong = [{ children: [], secret: known.secret.slice(1) }, { greeting: 'a'.repeat(61) }]
  for (const parts of wrong) {
    const link = writeBoxLink({ ...known, greeting: '', ...parts })
    assert.throws(() => readBoxLink(link), { code: 'link-invalid' }, link)
  }
})

test('every link has a secret of its own', () => {
  const secrets = Array.from({ length: 50 }, () => made().secret)
  assert.equal(new Set(secrets.map((secret) => secret.join())).size, 50)
  assert.ok(secrets.every(({ length }) => length === 16))
})

test('a link is short enough for a code that an old camera reads', () => {
  assert.ok(writeBoxLink(made({ greeting: 'Mia and Leo' })).length < 110)
})

test('any wrong letter behind the host is noticed, and any part that is missing', () => {
  const link = KNOWN
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

test('a greeting that is too long is refused before there is a link', () => {
  const refused = { code: 'bad-request', reason: 'greeting' }
  assert.throws(() => made({ greeting: `${'ü'.repeat(30)}a` }), refused)
  const longest = made({ greeting: 'ü'.repeat(30) })
  assert.deepEqual(readBoxLink(writeBoxLink(longest)), longest)
})
