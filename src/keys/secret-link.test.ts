import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inviteId, type InviteId } from '../protocol/ids.ts'
import { readSecretLink, writeSecretLink } from './secret-link.ts'

const KIND = { path: '/x/', ids: inviteId }
const parts = {
  origin: 'https://pawpost.example',
  id: inviteId.from(Uint8Array.from({ length: 16 }, (_, at) => 16 + at)),
  payload: Uint8Array.of(7, 8, 9),
}
/** Its check was computed by another program: the first 2 bytes of SHA-256(id ‖ payload). */
const LINK = 'https://pawpost.example/x/inv-EBESExQVFhcYGRobHB0eHw#BwgJmFY'
const [PATH = '', FRAGMENT = ''] = LINK.split('#')
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function refuses(text: string): void {
  assert.throws(() => readSecretLink(KIND, text), { code: 'link-invalid' }, text)
}

test('a link is id, payload and check, byte by byte', () => {
  assert.equal(writeSecretLink(KIND, parts), LINK)
  assert.deepEqual(readSecretLink(KIND, LINK), parts)
})

test('a link is read whatever the service is called, and whatever space is around it', () => {
  for (const origin of ['http://localhost:8080', 'https://xn--p-fka.example:8443']) {
    assert.deepEqual(readSecretLink(KIND, writeSecretLink(KIND, { ...parts, origin })), {
      ...parts,
      origin,
    })
  }
  for (const space of [' ', '\n', '\t', '\u00a0', '\ufeff']) {
    assert.deepEqual(readSecretLink(KIND, space + LINK + space), parts)
  }
})

test('a link that was cut or lengthened is refused', () => {
  for (const length of LINK.split('').keys()) refuses(LINK.slice(0, length))
  for (const more of ['A', 'AA', '=', '#', '&x=1', ' x']) refuses(LINK + more)
})

test('no wrong letter behind the host is overlooked', () => {
  for (let at = LINK.indexOf('/x/'); at < LINK.length; at += 1) {
    for (const letter of LETTERS) {
      if (letter !== LINK[at]) refuses(LINK.slice(0, at) + letter + LINK.slice(at + 1))
    }
  }
})

test('the fragment of another id does not fit, nor a path in another place', () => {
  const other = writeSecretLink(KIND, { ...parts, id: inviteId.from(new Uint8Array(16)) })
  refuses(`${other.split('#')[0]}#${FRAGMENT}`)
  refuses(LINK.replace('/x/', '/y/'))
  refuses(LINK.replace('/x/', '/x/x/'))
  refuses(LINK.replace('/x/', '/y/x/'))
  refuses(LINK.replace('/x/', '/'))
  refuses(`${PATH}/#${FRAGMENT}`)
})

test('an id of another kind or length is refused, though the check fits', () => {
  refuses(LINK.replace('inv-', 'req-'))
  const short = 'inv-EBESExQVFhcYGRobHB0e' as InviteId
  refuses(writeSecretLink(KIND, { ...parts, id: short }))
})

test('what leads to no service is refused, though all else fits', () => {
  const { pathname } = new URL(PATH)
  for (const place of ['data:', 'javascript:', 'file://', 'ftp://pawpost.example']) {
    refuses(`${place}${pathname}#${FRAGMENT}`)
  }
  refuses(`data:${parts.id}#${FRAGMENT}`)
  for (const text of ['', 'hello', `${pathname}#${FRAGMENT}`]) refuses(text)
})
