import assert from 'node:assert/strict'
import { test } from 'node:test'
import { householdId, inviteId } from '../protocol/ids.ts'
import { randomBytes } from './device.ts'
import { joinKey, newInvitation, readInvitation, writeInvitation } from './invitation.ts'

const household = householdId.from(randomBytes(16))
const invitation = newInvitation('https://pawpost.example', household)
const link = writeInvitation(invitation)

function refuses(text: string): void {
  assert.throws(() => readInvitation(text), { code: 'link-invalid' }, text)
}

test('a link is read as it was written, also with space around it', () => {
  for (const text of [link, ` ${link}\n`]) assert.deepEqual(readInvitation(text), invitation)
  const local = newInvitation('http://localhost:8080', household)
  assert.deepEqual(readInvitation(writeInvitation(local)), local)
})

test('the secret and the household stand in the fragment, which no server sees', () => {
  const { pathname, search, hash } = new URL(link)
  assert.equal(pathname, `/j/${invitation.id}`)
  assert.equal(search, '')
  assert.equal(hash.length, 1 + 46)
})

test('a link sent long ago is read, and would be written so again', () => {
  const numbered = (from: number): Uint8Array<ArrayBuffer> =>
    Uint8Array.from({ length: 16 }, (_, at) => from + at)
  const known = {
    origin: 'https://pawpost.example',
    id: inviteId.from(numbered(16)),
    household: householdId.from(numbered(32)),
    secret: numbered(0),
  }
  // Its check was computed by another program.
  const path = 'https://pawpost.example/j/inv-EBESExQVFhcYGRobHB0eHw'
  const written = `${path}#AAECAwQFBgcICQoLDA0ODyAhIiMkJSYnKCkqKywtLi93ew`
  assert.equal(writeInvitation(known), written)
  assert.deepEqual(readInvitation(written), known)
})

test('a secret of another length is refused, though the check fits', () => {
  for (const length of [0, 15, 17, 32]) {
    refuses(writeInvitation({ ...invitation, secret: randomBytes(length) }))
  }
})

test('a link cut anywhere is refused', () => {
  for (let length = 0; length < link.length; length += 1) refuses(link.slice(0, length))
})

test('a link with more at its end is refused', () => {
  for (const more of ['A', '=', '.', '#', '&utm_source=mail']) refuses(link + more)
})

test('a wrong letter anywhere behind the host is noticed', () => {
  const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const start = link.indexOf('/j/')
  let missed = 0
  let tried = 0
  for (let at = start; at < link.length; at += 1) {
    for (const letter of LETTERS) {
      if (letter === link[at]) continue
      tried += 1
      try {
        readInvitation(link.slice(0, at) + letter + link.slice(at + 1))
        missed += 1
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'link-invalid')
      }
    }
  }
  // A check of 16 bits: one in 65,536 passes by chance.
  assert.ok(tried > 4000 && missed <= 2, `${missed} of ${tried}`)
})

test('parts of two invitations do not make a third', () => {
  const other = writeInvitation(newInvitation('https://pawpost.example', household))
  const [path = ''] = link.split('#')
  const [otherPath = '', otherSecret = ''] = other.split('#')
  refuses(`${path}#${otherSecret}`)
  refuses(`${otherPath}#${link.split('#')[1]}`)
})

test('what is no link at all is refused', () => {
  for (const text of [
    '',
    'hello',
    'https://pawpost.example',
    'https://pawpost.example/j/',
    'javascript:1',
  ]) {
    refuses(text)
  }
})

test('the join key follows from the secret alone', async () => {
  const [one, again] = await Promise.all([joinKey(invitation.secret), joinKey(invitation.secret)])
  assert.equal(one.id, again.id)
  assert.notEqual(one.id, (await joinKey(randomBytes(16))).id)
})

test('invitations never repeat', () => {
  const many = Array.from({ length: 100 }, () =>
    newInvitation('https://pawpost.example', household),
  )
  assert.equal(new Set(many.map(({ id }) => id)).size, 100)
  assert.equal(new Set(many.map(({ secret }) => secret.join())).size, 100)
})
