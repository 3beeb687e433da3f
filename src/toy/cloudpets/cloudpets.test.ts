import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { approvedTone } from '../../../test/harness/approved-clip.ts'
import { toHex } from '../../protocol/bytes.ts'
import { fastClock } from '../virtual/fast-clock.ts'
import { GATT_TABLE } from '../virtual/gatt.ts'
import { memoryLink } from '../virtual/memory-link.ts'
import { createVirtualToy, type ToyKnobs, type VirtualToy } from '../virtual/virtual-toy.ts'
import { type CloudPet, connectCloudPet } from './cloudpets.ts'
import { TOY, TOY_SERVICE } from './gatt.ts'
import { ToyState } from './states.ts'

async function pair(knobs: ToyKnobs = {}): Promise<{ toy: VirtualToy; pet: CloudPet }> {
  const clock = fastClock()
  const toy = createVirtualToy({ clock, ...knobs })
  return { toy, pet: await connectCloudPet(memoryLink(toy), { clock }) }
}

const code = (expected: string, reason?: string) => (error: unknown) => {
  const { code, reason: why } = error as { code?: string; reason?: string }
  assert.deepEqual([code, why], [expected, reason])
  return true
}

/** The write log as text: which characteristic, what, `!` when a response was asked for. */
function written(toy: VirtualToy): string[] {
  const names = new Map<string, string>(Object.entries(TOY).map(([name, uuid]) => [uuid, name]))
  return toy.log.map(
    ({ characteristic, bytes, response }) =>
      `${names.get(characteristic)} ${toHex(bytes)}${response ? '!' : ''}`,
  )
}

test('connecting reads who the toy is, and subscribes one after the other', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const link = memoryLink(toy)
  const steps: string[] = []
  const names = new Map<string, string>(Object.entries(TOY).map(([name, uuid]) => [uuid, name]))
  const pet = await connectCloudPet(
    {
      ...link,
      read: (uuid) => (steps.push(`read ${names.get(uuid)}`), link.read(uuid)),
      subscribe: async (uuid, listener) => {
        steps.push(`subscribe ${names.get(uuid)}`)
        await link.subscribe(uuid, listener)
        steps.push(`subscribed ${names.get(uuid)}`)
      },
    },
    { clock },
  )
  assert.deepEqual(steps, [
    'read config',
    ...['state', 'audioRecv', 'dataReq'].flatMap((name) => [
      `subscribe ${name}`,
      `subscribed ${name}`,
    ]),
    'read volume',
    'read state',
  ])
  assert.equal(pet.config?.character, 'unicorn')
  assert.equal(pet.volume, 128)
  assert.equal(pet.state, ToyState.idle)
  assert.deepEqual(toy.log, [])
})

test('a message is the sequence of the facts, byte for byte (T-BLE7)', async () => {
  const { toy, pet } = await pair()
  const clip = await approvedTone(0.04)
  assert.deepEqual(await pet.sendMessage(clip), { lit: true })
  const log = written(toy)
  const sound = log.filter((one) => one.startsWith('audioSend'))
  assert.deepEqual(
    log.filter((one) => !one.startsWith('audioSend')),
    [
      'cmd 0c01000100!',
      'cmd 0001000102030405060708090a0b0c0d0e0f!',
      'cmd 01!',
      'cmd 0b00!',
      'led 02f4016400!',
    ],
  )
  assert.deepEqual(log.slice(2, 2 + sound.length), sound, 'the sound lies between start and end')
  assert.equal(sound.length, Math.ceil(512 / 20))
  assert.ok(sound[0]?.startsWith('audioSend 4155803e4006010003000000'))
  assert.equal(sound.at(-1), `audioSend ${'80'.repeat(12)}!`)
})

test('every verb, and nothing outside the toy service is ever written (T-BLE7)', async () => {
  const { toy, pet } = await pair()
  const clip = await approvedTone(0.1)
  for (const index of [0, 1, 2, 3, 4] as const) await pet.upload(clip, index)
  const from = toy.log.length
  await pet.setVolume(200)
  await pet.light({ mode: 'on' })
  await pet.light({ mode: 'off' })
  await pet.light({ mode: 'blink', period: 1000 })
  await pet.gameMode(true)
  await pet.play(2)
  await pet.stop()
  await pet.loop(3, 1500)
  await pet.stopLoop()
  await pet.configure({ character: 'bear', month: 2, day: 3, hour: 4, minute: 5, second: 6 })
  assert.deepEqual(written(toy).slice(from), [
    'volume 00c8!',
    'led 0100006400!',
    'led 0000006400!',
    'led 02e8036400!',
    'cmd 0b01!',
    'cmd 080102!',
    'cmd 080100!',
    'cmd 0c0300dc05!',
    'cmd 0c01000100!',
    `config ${toHex(new TextEncoder().encode('0002_03_04_05_06'))}!`,
  ])
  assert.equal(pet.volume, 200)
  assert.equal(pet.config?.character, 'bear')
  assert.equal(toy.view().config, '0002_03_04_05_06')
  await pet.gameMode(false)
  toy.press('record')
  toy.press('record')
  await pet.download()
  const own = GATT_TABLE.find((service) => service.uuid === TOY_SERVICE)?.characteristics ?? []
  const allowed = new Set(own.map((one) => one.uuid))
  assert.equal(allowed.size, 8)
  for (const one of toy.log) assert.ok(allowed.has(one.characteristic))
})

test('the driver never starts the microphone', async () => {
  const { toy, pet } = await pair()
  await assert.rejects(pet.record(), code('record-refused'))
  assert.deepEqual(toy.log, [])
  assert.equal(toy.view().state, ToyState.idle)
})

describe("the child's recording", () => {
  test('is fetched byte for byte after the paw has ended it', async () => {
    const clock = fastClock()
    const toy = createVirtualToy({ clock, latency: 1 })
    const pet = await connectCloudPet(memoryLink(toy), { clock })
    const states: number[] = []
    pet.onState((state) => states.push(state))
    toy.press('record')
    await new Promise<void>((resolve) => void clock.after(3_000, resolve))
    toy.press('record')
    await new Promise<void>((resolve) => void clock.after(10, resolve))
    const seen: number[] = []
    const bytes = await pet.download({ onProgress: (size) => seen.push(size) })
    assert.deepEqual(bytes, toy.view().slots[0])
    assert.equal(bytes.length, 32 + 150 * 20)
    assert.deepEqual(seen.slice(0, 2), [16, 32])
    assert.deepEqual(states, [
      ToyState.recording,
      ToyState.idle,
      ToyState.downloading,
      ToyState.idle,
    ])
  })

  test('that does not exist is a failure, not an empty sound', async () => {
    const { pet } = await pair()
    await assert.rejects(pet.download(), code('toy-failed', 'recording-empty'))
  })

  test('that does not exist is the same where the radio swallows what the toy says of it', async () => {
    const { toy, pet } = await pair({
      faults: [
        { kind: 'drop', characteristic: TOY.state, nth: 1 },
        { kind: 'drop', characteristic: TOY.state, nth: 2 },
      ],
    })
    await assert.rejects(pet.download(), code('toy-failed', 'recording-empty'))
    assert.equal(toy.view().connected, true)
  })

  test('whose end is not heard is complete when the toy is idle', async () => {
    const { toy, pet } = await pair({
      // State notifications: 1 and 2 the recording, 3 the download begins, 4 it ends.
      faults: [{ kind: 'drop', characteristic: TOY.state, nth: 4 }],
    })
    toy.press('record')
    toy.press('record')
    const pause = Promise.withResolvers<void>()
    setImmediate(pause.resolve)
    await pause.promise
    assert.deepEqual(await pet.download(), toy.view().slots[0])
  })
})

describe('what makes no sense now is refused before it is written', () => {
  test('during a transfer', async () => {
    const { toy, pet } = await pair()
    const clip = await approvedTone(0.5)
    const upload = pet.upload(clip, 1)
    await assert.rejects(pet.setVolume(1), code('toy-busy', 'transferring'))
    await assert.rejects(pet.upload(clip, 2), code('toy-busy', 'transferring'))
    await assert.rejects(pet.sendMessage(clip), code('toy-busy', 'transferring'))
    await upload
    assert.ok(!written(toy).some((one) => one.startsWith('volume')))
    await pet.setVolume(1)
  })

  test('while the child records', async () => {
    const { toy, pet } = await pair({ recordMs: 1_000_000 })
    const clip = await approvedTone(0.1)
    toy.press('record')
    await Promise.resolve()
    await assert.rejects(pet.sendMessage(clip), code('toy-busy', 'recording'))
    await assert.rejects(pet.play(2), code('toy-busy', 'recording'))
    assert.deepEqual(toy.log, [])
  })

  test('when the toy has gone', async () => {
    const { toy, pet } = await pair()
    let gone = 0
    pet.onGone(() => (gone += 1))
    toy.drop()
    await assert.rejects(pet.play(2), code('toy-gone'))
    assert.equal(gone, 1)
  })
})

test('a message that is in the toy stays sent when the link breaks before the heart is lit', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const link = memoryLink(toy)
  const breaking: typeof link = {
    ...link,
    write: async (uuid, bytes, mode) => {
      if (uuid === TOY.led) toy.drop()
      await link.write(uuid, bytes, mode)
    },
  }
  const pet = await connectCloudPet(breaking, { clock })
  assert.deepEqual(await pet.sendMessage(await approvedTone(0.1)), { lit: false })
  assert.ok(toy.view().slots[1])
})

test('a toy that was never set up says so', async () => {
  const { toy, pet } = await pair({ config: null })
  assert.equal(pet.config, undefined)
  await pet.close()
  assert.deepEqual(toy.advert(), {
    name: 'CloudPets B 1.0.19',
    companyId: 0xffff,
    manufacturerData: undefined,
  })
})

test('giving up before connecting connects nothing', async () => {
  const toy = createVirtualToy()
  const signal = AbortSignal.abort(new Error('changed my mind'))
  await assert.rejects(connectCloudPet(memoryLink(toy), { signal }), /changed my mind/)
  assert.equal(toy.view().connected, false)
})

test('arguments outside the toy’s ranges are refused', async () => {
  const { toy, pet } = await pair()
  const clip = await approvedTone(0.1)
  const wrong = [
    () => pet.setVolume(256),
    () => pet.light({ mode: 'blink', period: 0 }),
    () => pet.loop(0, 1),
    () => pet.loop(1, 65_536),
    () => pet.play(6 as 5),
    () => pet.upload(clip, 5 as 4),
  ]
  for (const call of wrong) await assert.rejects(call(), RangeError)
  assert.deepEqual(toy.log, [])
})
