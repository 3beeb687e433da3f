import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noCookie, readToken, sessionCookie } from './cookie.ts'

const TOKEN = Buffer.alloc(32, 7).toString('base64url')

test('the cookie goes nowhere but back to us over a safe connection', () => {
  const expected = `__Host-pawpost=${TOKEN}; Path=/; Secure; HttpOnly; SameSite=Strict`
  assert.ok(sessionCookie(TOKEN).startsWith(expected))
  assert.match(noCookie(), /^__Host-pawpost=; .*Max-Age=0$/)
})

test('exactly one well-formed token is read', () => {
  const cookie = `__Host-pawpost=${TOKEN}`
  assert.deepEqual(readToken(`a=b; ${cookie}; c=d`), Buffer.alloc(32, 7))
  const wrong = [undefined, '', 'x', `pawpost=${TOKEN}`, `${cookie}x`, `${cookie}; ${cookie}`]
  for (const header of wrong) assert.equal(readToken(header), undefined)
})
