import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TOY } from '../cloudpets/gatt.ts'
import { ToyState } from '../cloudpets/states.ts'
import { fastClock } from './fast-clock.ts'
import { DEVICE_NAME, FIRMWARE } from './gatt.ts'
import { type Connection, createVirtualToy, type ToyKnobs, type VirtualToy } from './virtual-toy.ts'

const code = (expected: string) => (error: unknown) =>
  (error as { code?: string }).code === expected

type Central = { toy: VirtualToy; raw: Connection; states: number[]; sound: Uint8Array[] }

/** Anybody with a phone: connects and listens. */
async function stranger(
  knobs: ToyKnobs = {},
): Promise<Central & { wait: (ms: number) => Promise<void> }> {
  const clock = fastClock()
  const toy = createVirtualToy({ clock, ...knobs })
  const raw = toy.connect()
  const states: number[] = []
  const sound: Uint8Array[] = []
  await raw.subscribe(TOY.state, ([state = 0]) => void states.push(state))
  await raw.subscribe(TOY.audioRecv, (bytes) => void sound.push(bytes))
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
  return { toy, raw, states, sound, wait }
}

const command = (raw: Connection, ...bytes: number[]): Promise<void> =>
  raw.write(TOY.cmd, Uint8Array.from(bytes), 'with-response')

describe('an attacker at the original toy succeeds: the drill is real (T-BLE5, legacy)', () => {
  test('connects without pairing, listens in through the microphone and takes the sound away', async () => {
    const { toy, raw, states, sound, wait } = await stranger()
    await command(raw, 0x08, 0x02)
    assert.equal(toy.view().state, ToyState.recording)
    assert.deepEqual(toy.view().light, { mode: 'off', period: 0 }, 'the heart stays dark')
    await wait(5_000)
    await command(raw, 0x08, 0x01, 0x00)
    await command(raw, 0x02)
    await wait(60_000)
    const taken = sound.reduce((size, part) => size + part.length, 0)
    assert.equal(taken, 32 + 250 * 20, 'five seconds of the room')
    assert.deepEqual(states, [
      ToyState.recording,
      ToyState.idle,
      ToyState.downloading,
      ToyState.idle,
    ])
    assert.ok(sound.slice(0, -1).every((part) => part.length === 16))
  })

  test('a recording ends by itself after 40 s, and outlives the connection', async () => {
    const { toy, raw, wait } = await stranger()
    await command(raw, 0x08, 0x02)
    raw.disconnect()
    await wait(39_000)
    assert.equal(toy.view().state, ToyState.recording)
    await wait(2_000)
    assert.equal(toy.view().state, ToyState.idle)
    assert.equal(toy.view().slots[0]?.length, 32 + 2_000 * 20)
  })

  test('makes the bear say what it likes, and renames it', async () => {
    const { toy, raw, states, wait } = await stranger({ grant: 72 })
    const clip = new Uint8Array(72)
    clip.set([0x41, 0x55, 0x80, 0x3e, 0x40, 0x06, 1, 0, 1, 0, 0, 0, 20, 0, 0, 0])
    await command(raw, 0x00, 0x01, ...Array(16).keys())
    for (let at = 0; at < 72; at += 18) {
      await raw.write(TOY.audioSend, clip.subarray(at, at + 18), 'without-response')
    }
    await command(raw, 0x01)
    await command(raw, 0x08, 0x01, 0x02)
    await wait(100)
    assert.deepEqual(states, [9, 3, 1, 5, 1])
    await raw.write(TOY.config, new TextEncoder().encode('0011_01_19_09_38'), 'with-response')
    raw.disconnect()
    const { manufacturerData } = toy.advert() ?? {}
    assert.equal(new TextDecoder().decode(manufacturerData), '0011_01_19_09_38')
  })
})

test('one connection at a time, silent to all others', async () => {
  const { toy, raw } = await stranger()
  assert.equal(toy.advert(), undefined)
  assert.throws(() => toy.connect(), code('toy-busy'))
  raw.disconnect()
  assert.equal(toy.advert()?.name, 'CloudPets B 1.0.19')
  await assert.rejects(raw.read(TOY.state), code('toy-gone'))
  toy.connect()
})

test('characteristics allow what the table says', async () => {
  const { raw } = await stranger()
  assert.equal(new TextDecoder().decode(await raw.read(DEVICE_NAME)), 'CloudPets B 1.0.19')
  assert.equal(new TextDecoder().decode(await raw.read(TOY.config)), '0411_01_19_09_38')
  await assert.rejects(raw.read(TOY.cmd), code('toy-failed'))
  await assert.rejects(raw.write(TOY.state, new Uint8Array(1), 'with-response'), code('toy-failed'))
  await assert.rejects(
    raw.write(TOY.cmd, new Uint8Array(1), 'without-response'),
    code('toy-failed'),
  )
  await assert.rejects(
    raw.subscribe(TOY.led, () => undefined),
    code('toy-failed'),
  )
  await assert.rejects(raw.write(TOY.cmd, new Uint8Array(21), 'with-response'), code('toy-failed'))
})

test('the firmware door is there, and a write to it would be seen in the log', async () => {
  const { toy, raw } = await stranger()
  await raw.write(FIRMWARE.block, Uint8Array.of(1, 2), 'without-response')
  assert.equal(toy.log.at(-1)?.characteristic, FIRMWARE.block)
})

describe('the paws', () => {
  test('play plays the message and ends the blinking; pressed again, it stops', async () => {
    const { toy, raw, wait } = await stranger({ grant: 32, microphone: () => new Uint8Array(32) })
    toy.press('play')
    assert.equal(toy.view().state, ToyState.idle, 'an empty slot stays silent')
    const clip = new Uint8Array(32)
    clip[8] = 100
    await command(raw, 0x00, 0x01, ...Array(16).keys())
    await raw.write(TOY.audioSend, clip.subarray(0, 20), 'without-response')
    await raw.write(TOY.audioSend, clip.subarray(20), 'without-response')
    await command(raw, 0x01)
    await raw.write(TOY.led, Uint8Array.of(2, 0xf4, 1, 0x64, 0), 'with-response')
    assert.deepEqual(toy.view().light, { mode: 'blink', period: 500 })
    toy.press('play')
    assert.equal(toy.view().state, ToyState.playing)
    assert.equal(toy.view().light.mode, 'off')
    toy.press('play')
    assert.equal(toy.view().state, ToyState.idle)
    toy.press('play')
    await wait(1_990)
    assert.equal(toy.view().state, ToyState.playing)
    await wait(20)
    assert.equal(toy.view().state, ToyState.idle)
  })

  test('in game mode they report instead of acting', async () => {
    const { toy, raw, states, wait } = await stranger()
    await command(raw, 0x0b, 1)
    toy.press('record')
    toy.press('play')
    await wait(1)
    assert.deepEqual(states, [18, 1, 19, 1])
    await command(raw, 0x0b, 0)
    toy.press('record')
    await wait(1)
    assert.equal(states.at(-1), ToyState.recording)
  })

  test('record is heard from the microphone that the toy was given', async () => {
    const heard = Uint8Array.from({ length: 45 }, (_, index) => index)
    const { toy, raw, sound, wait } = await stranger({ microphone: () => heard })
    toy.press('record')
    toy.press('record')
    await command(raw, 0x02)
    await wait(1_000)
    assert.deepEqual(
      sound.map((part) => part.length),
      [16, 16, 13],
    )
    assert.deepEqual(Uint8Array.from(sound.flatMap((part) => [...part])), heard)
  })
})

test('a loop plays as often as asked and one of a millisecond ends it', async () => {
  const { toy, raw, wait } = await stranger({ microphone: () => new Uint8Array(32).fill(1, 8, 9) })
  toy.press('record')
  toy.press('record')
  await command(raw, 0x08, 0x01, 0x01)
  await command(raw, 0x0c, 3, 0, 0xe8, 3)
  await wait(2_900)
  assert.equal(toy.view().state, ToyState.playing)
  await wait(200)
  assert.equal(toy.view().state, ToyState.idle)
  await command(raw, 0x0c, 3, 0, 0xe8, 3)
  assert.equal(toy.view().state, ToyState.playing, 'the last clip again')
  await command(raw, 0x0c, 1, 0, 1, 0)
  await wait(2)
  assert.equal(toy.view().state, ToyState.idle)
})

test('more than 40 s do not fit: the toy asks for no more, and fails what is forced upon it', async () => {
  const { toy, raw, states } = await stranger({ grant: 20, capacity: 40 })
  const asked: number[] = []
  await raw.subscribe(TOY.dataReq, ([low = 0]) => void asked.push(low))
  await command(raw, 0x00, 0x01, ...Array(16).keys())
  const send = () => raw.write(TOY.audioSend, new Uint8Array(20), 'without-response')
  await send()
  await send()
  await send()
  await Promise.resolve()
  assert.deepEqual(asked, [20, 20, 0])
  assert.deepEqual(states, [9, 3, 1])
  assert.equal(toy.view().slots[1], undefined)
})
