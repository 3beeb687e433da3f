import assert from 'node:assert/strict'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { test } from 'node:test'
import { approvedTone } from '../../../test/harness/approved-clip.ts'
import { clipBytes } from '../approval.ts'
import { connectCloudPet } from '../cloudpets/cloudpets.ts'
import { TOY } from '../cloudpets/gatt.ts'
import { socketLink } from './socket-link.ts'
import { serveSocket } from './socket-server.ts'
import { createVirtualToy } from './virtual-toy.ts'

const coded = (code: string) => (error: unknown) => (error as { code?: string }).code === code

test('a message goes into the bear through the socket', async () => {
  const toy = createVirtualToy({ grant: 100 })
  await using served = await serveSocket(toy)
  assert.equal((await stat(served.path)).mode & 0o777, 0o600)
  const pet = await connectCloudPet(await socketLink(served.path))
  assert.equal(pet.name, 'CloudPets B 1.0.19')
  const clip = await approvedTone(0.1)
  assert.deepEqual(await pet.sendMessage(clip), { lit: true })
  assert.deepEqual(toy.view().slots[1]?.subarray(0, clip.size), clipBytes(clip))
  await pet.close()
  while (toy.view().connected) await new Promise(setImmediate)
  toy.close()
})

test('one central at a time; walking away and coming back works', async () => {
  const toy = createVirtualToy()
  await using served = await serveSocket(toy)
  const first = await socketLink(served.path)
  const second = await socketLink(served.path)
  await first.connect()
  await assert.rejects(second.connect(), coded('toy-busy'))
  await assert.rejects(second.read(TOY.state), coded('toy-gone'))
  const gone = Promise.withResolvers<void>()
  first.onDisconnect(gone.resolve)
  toy.drop()
  await gone.promise
  await assert.rejects(first.read(TOY.state), coded('toy-gone'))
  const third = await socketLink(served.path)
  await third.connect()
  assert.deepEqual(await third.read(TOY.state), Uint8Array.of(1))
  for (const link of [first, second, third]) await link.close()
})

test('a socket with nobody behind it is a missing toy', async () => {
  await assert.rejects(socketLink('/nowhere/toy.sock'), coded('toy-missing'))
})

test('nonsense on the socket ends that connection only', async () => {
  const toy = createVirtualToy()
  await using served = await serveSocket(toy)
  for (const text of ['nonsense\n', '{"do":"read"}\n', '{"id":1,"do":"fly"}\n', '[]\n']) {
    const socket = createConnection(served.path)
    socket.resume().write(text)
    await once(socket, 'close')
  }
  const link = await socketLink(served.path)
  await link.connect()
  assert.deepEqual(await link.read(TOY.volume), Uint8Array.of(0, 128))
  await link.close()
})
