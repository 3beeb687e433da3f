import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approvedTone } from '../../../test/harness/approved-clip.ts'
import type { ToyLink } from '../link.ts'
import { fastClock } from '../virtual/fast-clock.ts'
import { memoryLink } from '../virtual/memory-link.ts'
import { createVirtualToy } from '../virtual/virtual-toy.ts'
import { connectCloudPet } from './cloudpets.ts'
import { TOY } from './gatt.ts'
import { openSession, until, write } from './session.ts'

test('even inside the driver, the command for the microphone does not pass', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const session = await openSession(memoryLink(toy), clock)
  for (const bytes of [
    [8, 2],
    [8, 2, 0],
    [8, 2, 1, 2],
  ]) {
    const command = Uint8Array.from(bytes)
    await assert.rejects(write(session, 'cmd', command), { code: 'record-refused' })
  }
  assert.deepEqual(toy.log, [])
})

test('a radio that never answers is given up after ten seconds, and the link is closed', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const silent = { ...memoryLink(toy), read: () => new Promise<never>(() => undefined) }
  const refused = { code: 'toy-timeout', reason: 'read-config' }
  await assert.rejects(connectCloudPet(silent, { clock }), refused)
  assert.equal(clock.now(), 10_000)
  assert.equal(toy.view().connected, false)
})

test('an operation that the radio forgets when the toy goes away is not waited for', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const link = memoryLink(toy)
  const forgetful: ToyLink = {
    ...link,
    write: async (uuid, bytes, mode) => {
      if (uuid !== TOY.volume) return link.write(uuid, bytes, mode)
      toy.drop()
      return new Promise<never>(() => undefined)
    },
  }
  const pet = await connectCloudPet(forgetful, { clock })
  await assert.rejects(pet.setVolume(1), { code: 'toy-gone' })
  assert.ok(clock.now() < 10_000)
})

test('an end report that nobody asked for is a failure, whatever it counts', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const link = memoryLink(toy)
  let report: ((bytes: Uint8Array) => void) | undefined
  const eager: ToyLink = {
    ...link,
    subscribe: async (uuid, listener) => {
      if (uuid === TOY.dataReq) report = listener
      await link.subscribe(uuid, listener)
    },
  }
  const pet = await connectCloudPet(eager, { clock })
  const clip = await approvedTone(0.5)
  let reported = false
  const onProgress = (): void => {
    if (!reported) report?.(Uint8Array.of(0, 0, 9, 0))
    reported = true
  }
  await assert.rejects(pet.upload(clip, 1, { onProgress }), { code: 'toy-failed' })
  assert.equal(toy.view().connected, false)
})

test('waiting ends with what its condition throws', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const session = await openSession(memoryLink(toy), clock)
  let looks = 0
  const condition = (): boolean => {
    looks += 1
    if (looks > 1) throw new Error('seen enough')
    return false
  }
  const waiting = until(session, condition, { ms: 1000, reason: 'test' })
  toy.press('record')
  await assert.rejects(waiting, /seen enough/)
  assert.equal(session.watchers.size, 0)
})
