import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption'
import { bech32 } from '@scure/base'
import { deviceIdOf, isStrongKey, verifySignature } from '../protocol/ed25519.ts'
import { isStrongRecipient, recipient } from '../protocol/recipient.ts'
import { decryptWith, encryptTo, seedIdentity, seedRecipient } from './age.ts'
import {
  generateNative,
  generateSeeds,
  generateWrapped,
  loadDevice,
  randomBytes,
  seededDevice,
  type Device,
  type DeviceSecrets,
} from './device.ts'

const native = await generateNative()
assert.ok(native?.kind === 'native', 'this Node has ML-KEM in WebCrypto')
const SECRETS: Readonly<Record<DeviceSecrets['kind'], DeviceSecrets>> = {
  native,
  wrapped: await generateWrapped(),
  seeds: generateSeeds(),
}
const devices: readonly (readonly [string, Device])[] = await Promise.all(
  Object.entries(SECRETS).map(async ([kind, kept]) => [kind, await loadDevice(kept)] as const),
)
const said = new TextEncoder().encode('good night, bear')

/** The library on its own: what any other program that speaks age does. */
async function sealByLibrary(kem: string, plaintext: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(kem)
  return encrypter.encrypt(plaintext)
}

describe('every kind of device works with every other', () => {
  for (const [kind, device] of devices) {
    test(`${kind}: its public half may be enrolled`, () => {
      assert.ok(isStrongKey(device.sig))
      assert.ok(recipient.safeParse(device.kem).success && isStrongRecipient(device.kem))
      assert.equal(device.id, deviceIdOf(device.sig))
    })

    test(`${kind}: its signatures verify, and only for what it signed`, async () => {
      const signature = await device.sign(said)
      assert.equal(signature.length, 64)
      assert.ok(verifySignature(signature, said, device.sig))
      assert.ok(!verifySignature(signature, randomBytes(16), device.sig))
    })

    test(`${kind}: it opens what is sealed to it among others, and nothing else`, async () => {
      for (const [, other] of devices) {
        const both = await encryptTo([other.kem, device.kem], said)
        assert.deepEqual(await decryptWith([device.identity], both), said)
        if (other === device) continue
        const theirs = await encryptTo([other.kem], said)
        await assert.rejects(decryptWith([device.identity], theirs), {
          code: 'message-refused',
          reason: 'undecryptable',
        })
      }
    })

    test(`${kind}: it opens what the age library sealed`, async () => {
      for (const length of [0, 1, 65_536, 70_000]) {
        const plaintext = new Uint8Array(length).fill(length)
        const file = await sealByLibrary(device.kem, plaintext)
        assert.deepEqual(await decryptWith([device.identity], file), plaintext)
      }
    })

    test(`${kind}: loaded again, it is the same device`, async () => {
      const again = await loadDevice(SECRETS[kind as DeviceSecrets['kind']])
      assert.deepEqual([again.id, again.kem], [device.id, device.kem])
      const file = await encryptTo([device.kem], said)
      assert.deepEqual(await decryptWith([again.identity], file), said)
      assert.ok(verifySignature(await again.sign(said), said, device.sig))
    })
  }
})

test('the age library opens with a seed what we sealed to it', async () => {
  const seed = randomBytes(32)
  const identity = seedIdentity(seed)
  const { prefix, bytes } = bech32.decodeToBytes(identity)
  assert.equal(prefix.toUpperCase(), 'AGE-SECRET-KEY-PQ-')
  assert.deepEqual(bytes, seed)
  assert.equal(await identityToRecipient(identity), await seedRecipient(seed))
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const file = await encryptTo([await seedRecipient(seed)], said)
  assert.deepEqual(await decrypter.decrypt(file), said)
})

test('native and wrapping keys cannot be read out', async () => {
  const { sign, hybrid } = native
  const keys = [sign, hybrid.mlkem, hybrid.x25519]
  const { wrapped } = SECRETS
  if (wrapped.kind === 'wrapped') keys.push(wrapped.key)
  for (const key of keys) {
    assert.equal(key.extractable, false)
    for (const format of ['raw', 'pkcs8', 'jwk', 'raw-seed', 'raw-secret'] as const) {
      await assert.rejects(crypto.subtle.exportKey(format as 'jwk', key), format)
    }
  }
})

test('half of a hybrid key opens nothing', async () => {
  const other = await generateNative()
  assert.ok(other?.kind === 'native')
  const file = await encryptTo([native.hybrid.recipient], said)
  for (const half of ['mlkem', 'x25519'] as const) {
    const mixed = { ...native, hybrid: { ...native.hybrid, [half]: other.hybrid[half] } }
    const { identity } = await loadDevice(mixed)
    await assert.rejects(decryptWith([identity], file), { reason: 'undecryptable' })
  }
})

test('damaged secrets are noticed when they are loaded', async () => {
  const { wrapped, seeds } = SECRETS
  assert.ok(wrapped.kind === 'wrapped' && seeds.kind === 'seeds')
  const flipped = wrapped.seeds.slice()
  flipped.set([(flipped[5] ?? 0) ^ 1], 5)
  const damaged: DeviceSecrets[] = [
    { ...wrapped, seeds: flipped },
    { ...wrapped, seeds: wrapped.seeds.slice(0, 40) },
    { ...wrapped, iv: randomBytes(12) },
    { ...seeds, sign: seeds.sign.slice(1) },
    { ...seeds, kem: new Uint8Array(0) },
  ]
  for (const secrets of damaged) {
    await assert.rejects(loadDevice(secrets), { code: 'storage-failed', reason: 'device-keys' })
  }
})

test('a device is its seeds and nothing else', async () => {
  const [sign, kem] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  const [one, two] = await Promise.all([seededDevice(sign, kem), seededDevice(sign, kem)])
  assert.deepEqual([one.id, one.kem], [two.id, two.kem])
  const other = await seededDevice(kem, sign)
  assert.notEqual(one.id, other.id)
  assert.notEqual(one.kem, other.kem)
})

test('only hybrid recipients are sealed to, and at least one', async () => {
  const classic = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq'
  const kem = devices[0]?.[1].kem ?? ''
  for (const recipients of [[], [classic], [kem, classic], ['']]) {
    await assert.rejects(encryptTo(recipients, said), {
      code: 'message-refused',
      reason: 'recipient-type',
    })
  }
})
