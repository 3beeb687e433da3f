import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base64nopad } from '@scure/base'
import { generateHybridKeys, hybridIdentity } from './hybrid.ts'

// Stanzas of a header that somebody made by hand, at the door of keys that stay in WebCrypto.

const keys = await generateHybridKeys()
assert.ok(keys, 'this Node has ML-KEM in WebCrypto')
const identity = hybridIdentity(keys)

type Stanza = { readonly args: string[]; readonly body: Uint8Array }

async function unwrap(...stanzas: Stanza[]): Promise<Uint8Array | null> {
  return identity.unwrapFileKey(stanzas as Parameters<typeof identity.unwrapFileKey>[0])
}

const share = base64nopad.encode(new Uint8Array(1120).fill(9))
const honest: Stanza = { args: ['mlkem768x25519', share], body: new Uint8Array(32) }

test('a stanza for somebody else gives no key', async () => {
  assert.equal(await unwrap(honest), null)
  assert.equal(await unwrap(), null)
})

test('a stanza of another type is passed over, whatever is in it', async () => {
  assert.equal(await unwrap({ args: ['X25519', 'AA'], body: new Uint8Array(3) }), null)
  assert.equal(await unwrap({ args: [], body: new Uint8Array() }, honest), null)
})

test('a stanza of our type and another shape is refused', async () => {
  const short = base64nopad.encode(new Uint8Array(1119))
  const wrong: Stanza[] = [
    { ...honest, args: ['mlkem768x25519'] },
    { ...honest, args: ['mlkem768x25519', share, 'more'] },
    { ...honest, args: ['mlkem768x25519', short] },
    { ...honest, args: ['mlkem768x25519', ''] },
    { ...honest, body: new Uint8Array(31) },
    { ...honest, body: new Uint8Array(48) },
  ]
  for (const stanza of wrong) await assert.rejects(unwrap(stanza), /invalid stanza/)
})
