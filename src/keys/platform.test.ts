import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifySignature } from '../protocol/ed25519.ts'
import { wrapCard, unwrapCard } from './card-wrap.ts'
import { newCard } from './card.ts'
import {
  generateNative,
  generateSeeds,
  generateWrapped,
  loadDevice,
  randomBytes,
  seededDevice,
} from './device.ts'
import { newPairing, openPart, sealPart } from './pairing.ts'

// What the key plane asks of WebCrypto: nobody can read a key out, and older platforms say no.

/** Runs something while one method of WebCrypto is another one, or is missing. */
async function instead<T>(name: string, other: unknown, run: () => Promise<T>): Promise<T> {
  const holder = Object.getPrototypeOf(crypto.subtle) as object
  const honest = Object.getOwnPropertyDescriptor(holder, name)
  assert.ok(honest, `${name} is a method of WebCrypto`)
  if (other === undefined) Reflect.deleteProperty(holder, name)
  else Object.defineProperty(holder, name, { ...honest, value: other })
  try {
    return await run()
  } finally {
    Object.defineProperty(holder, name, honest)
  }
}

/** What was imported into WebCrypto meanwhile: the arguments of each call. */
async function imported(run: () => Promise<unknown>): Promise<readonly unknown[][]> {
  const asked: unknown[][] = []
  const importKey = Reflect.get(crypto.subtle, 'importKey') as (...args: unknown[]) => unknown
  const spy = (...args: unknown[]): unknown => {
    asked.push(args)
    return Reflect.apply(importKey, crypto.subtle, args)
  }
  await instead('importKey', spy, run)
  return asked
}

test('without ML-KEM in WebCrypto there are no native keys', async () => {
  assert.equal(await instead('decapsulateBits', undefined, generateNative), undefined)
  const refuses = (): Promise<never> => Promise.reject(new Error('not supported'))
  assert.equal(await instead('exportKey', refuses, generateNative), undefined)
  assert.equal((await generateNative())?.kind, 'native')
})

test('a seed is imported as RFC 8410 writes it, for signing only, and stays inside', async () => {
  const { sign, kem } = generateSeeds()
  const asked = await imported(() => seededDevice(sign, kem))
  const header = '302e020100300506032b657004220420'
  const pkcs8 = new Uint8Array(Buffer.concat([Buffer.from(header, 'hex'), sign]))
  assert.deepEqual(asked, [['pkcs8', pkcs8, 'Ed25519', false, ['sign']]])
})

test('a device of seeds signs where the platform has no Ed25519, and exactly as it would', async () => {
  const [sign, kem, words] = [randomBytes(32), randomBytes(32), randomBytes(100)]
  const refuses = (): Promise<never> =>
    Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
  const old = await instead('importKey', refuses, () => seededDevice(sign, kem))
  const signature = await old.sign(words)
  assert.ok(verifySignature(signature, words, old.sig))
  const recent = await seededDevice(sign, kem)
  assert.equal(recent.id, old.id)
  assert.deepEqual(await recent.sign(words), signature)
})

test('no key that a store keeps can be read out', async () => {
  const native = await generateNative()
  const wrapped = await generateWrapped()
  assert.ok(native?.kind === 'native' && wrapped.kind === 'wrapped')
  for (const key of [native.sign, native.hybrid.mlkem, native.hybrid.x25519, wrapped.key]) {
    assert.equal(key.extractable, false, key.algorithm.name)
  }
})

test('wrapped seeds come back in their places', async () => {
  const { sign, kem } = generateSeeds()
  const kept = await generateWrapped()
  assert.ok(kept.kind === 'wrapped')
  // The size NIST SP 800-38D recommends; others are hashed first.
  assert.equal(kept.iv.length, 12)
  const plain = Uint8Array.of(...sign, ...kem)
  const iv = randomBytes(12)
  const seeds = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, kept.key, plain)
  const loaded = await loadDevice({ ...kept, iv, seeds: new Uint8Array(seeds) })
  const same = await seededDevice(sign, kem)
  assert.deepEqual([loaded.id, loaded.kem], [same.id, same.kem])
})

test('a key that wraps a card or seals a part is for that alone, and stays inside', async () => {
  const pairing = newPairing('https://pawpost.example')
  const asked = await imported(async () => {
    const output = randomBytes(32)
    await unwrapCard(output, await wrapCard(output, newCard()))
    await openPart(pairing, 'nonce', await sealPart(pairing, 'nonce', Uint8Array.of(1)))
  })
  const how = asked.map(([format, , ...rest]) => [format, ...rest])
  const [seals, opens] = ['encrypt', 'decrypt'].map((use) => ['raw', 'AES-GCM', false, [use]])
  assert.deepEqual(how, [seals, opens, seals, opens])
})
