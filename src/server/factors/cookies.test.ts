import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newShortCookie, noShortCookie, readShortCookie, SHORT_COOKIES } from './cookies.ts'

const { pending, ceremony } = SHORT_COOKIES

test('a token goes out in a cookie that only we get back, and comes back as its hash', () => {
  const { cookie, hash } = newShortCookie(pending, 300_000)
  assert.match(
    cookie,
    /^__Host-pawpost-pending=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=300$/,
  )
  const [pair = ''] = cookie.split(';')
  assert.deepEqual(readShortCookie(pending, `a=b; ${pair}`), hash)
  assert.ok(!cookie.includes(hash.toString('base64url')))
  assert.match(noShortCookie(pending), /^__Host-pawpost-pending=; .*Max-Age=0$/)
})

test('anything but one well-formed token of the name is none', () => {
  const token = 'A'.repeat(43)
  const wrong = [
    undefined,
    '',
    `${pending}=`,
    `${pending}=${token}A`,
    `${pending}=${token.slice(1)}`,
    `${pending}=${token}; ${pending}=${token}`,
    `${ceremony}=${token}`,
    `__Host-pawpost=${token}`,
  ]
  for (const header of wrong) assert.equal(readShortCookie(pending, header), undefined, header)
})
