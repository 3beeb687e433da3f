import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { memoryStore, newStorageKey } from '../../test/harness/memory-store.ts'
import { PawpostError } from '../protocol/errors.ts'
import { encryptedStore } from './store.ts'

const damaged = (error: unknown): boolean =>
  error instanceof PawpostError && error.code === 'storage-failed' && error.reason === 'damaged'

async function twoSecrets() {
  const raw = memoryStore()
  const store = encryptedStore(raw, await newStorageKey())
  await store.write([
    { key: 'name/a', value: 'Zebulon' },
    { key: 'name/b', value: 'Ilse' },
  ])
  return { raw, store }
}

test('what is written is read again, by key and by prefix, and can be deleted', async () => {
  const { store } = await twoSecrets()
  assert.equal(await store.get('name/a', z.string()), 'Zebulon')
  assert.equal(await store.get('name/c', z.string()), undefined)
  assert.deepEqual(await store.list('name/', z.string()), [
    { key: 'name/a', value: 'Zebulon' },
    { key: 'name/b', value: 'Ilse' },
  ])
  await store.write([{ key: 'name/a', value: undefined }])
  assert.equal(await store.get('name/a', z.string()), undefined)
})

test('entries cannot be read on the disk, and two equal ones look different', async () => {
  const { raw, store } = await twoSecrets()
  await store.write([{ key: 'name/c', value: 'Zebulon' }])
  const texts = [...raw.entries.values()].map((value) => Buffer.from(value).toString('latin1'))
  assert.ok(texts.every((text) => !text.includes('Zebulon') && !text.includes('Ilse')))
  assert.notDeepEqual(raw.entries.get('name/a'), raw.entries.get('name/c'))
})

test('entries cannot be swapped: each is bound to its key', async () => {
  const { raw, store } = await twoSecrets()
  const [a, b] = [raw.entries.get('name/a'), raw.entries.get('name/b')]
  assert.ok(a && b)
  raw.entries.set('name/a', b).set('name/b', a)
  await assert.rejects(store.get('name/a', z.string()), damaged)
  await assert.rejects(store.list('name/', z.string()), damaged)
})

test('every single damaged byte is noticed, and every missing one', async () => {
  const { raw, store } = await twoSecrets()
  const whole = raw.entries.get('name/a')
  assert.ok(whole)
  for (let at = 0; at < whole.length; at += 1) {
    const flipped = whole.slice()
    flipped[at] = (flipped[at] ?? 0) ^ 1
    raw.entries.set('name/a', flipped)
    await assert.rejects(store.get('name/a', z.string()), damaged, `byte ${at}`)
    raw.entries.set('name/a', whole.slice(0, at))
    await assert.rejects(store.get('name/a', z.string()), damaged, `cut at ${at}`)
  }
})

test("another device's key opens nothing", async () => {
  const { raw } = await twoSecrets()
  const other = encryptedStore(raw, await newStorageKey())
  await assert.rejects(other.get('name/a', z.string()), damaged)
})

test('an entry of another shape than expected is damaged too', async () => {
  const { store } = await twoSecrets()
  await assert.rejects(store.get('name/a', z.int()), damaged)
})

test('a list that was read before shows every change, whoever made it, and forgets what is gone', async () => {
  const { raw, store } = await twoSecrets()
  const name = z.string()
  const names = async () => (await store.list('name/', name)).map(({ value }) => value)
  assert.deepEqual(await names(), ['Zebulon', 'Ilse'])
  await store.write([{ key: 'name/a', value: 'Mia' }])
  assert.deepEqual(await names(), ['Mia', 'Ilse'])
  raw.entries.delete('name/b')
  assert.deepEqual(await names(), ['Mia'])
  // Somebody at the disk: what was remembered does not stand in for what lies there.
  raw.entries.set('name/a', new Uint8Array(40))
  await assert.rejects(names(), damaged)
})

test('a list that was read before is not opened again', async () => {
  const { store } = await twoSecrets()
  const shape = z.string().transform((text) => ({ text }))
  const [first] = await store.list('name/', shape)
  const [again] = await store.list('name/', shape)
  assert.equal(first?.value, again?.value)
  const large = { key: 'name/large', value: 'x'.repeat(5000) }
  await store.write([large])
  const texts = async () => (await store.list('name/l', shape))[0]?.value
  assert.notEqual(await texts(), await texts())
})
