import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { approvedTone, someApproval, tone } from '../../../test/harness/approved-clip.ts'
import { type ApprovedClip, approveClip, clipBytes } from '../approval.ts'
import { fastClock } from '../virtual/fast-clock.ts'
import { memoryLink } from '../virtual/memory-link.ts'
import { createVirtualToy, type ToyKnobs, type VirtualToy } from '../virtual/virtual-toy.ts'
import { type CloudPet, connectCloudPet } from './cloudpets.ts'
import { TOY } from './gatt.ts'
import { ToyState } from './states.ts'

type Pair = { toy: VirtualToy; pet: CloudPet }

async function pair(knobs: ToyKnobs = {}): Promise<Pair> {
  const clock = fastClock()
  const toy = createVirtualToy({ clock, ...knobs })
  return { toy, pet: await connectCloudPet(memoryLink(toy), { clock }) }
}

function filled(bytes: Uint8Array, grant: number): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / grant) * grant).fill(0x80)
  whole.set(bytes)
  return whole
}

const code = (expected: string, reason?: string) => (error: unknown) => {
  const { code, reason: why } = error as { code?: string; reason?: string }
  assert.deepEqual([code, reason === undefined ? undefined : why], [expected, reason])
  return true
}

describe('an upload arrives byte for byte, with the last grant filled (T-BLE1)', async () => {
  // Ten and forty seconds at every grant size take longer: test/toy/round-trip.test.ts.
  const short = await approvedTone(0.1)
  for (const grant of [1, 19, 20, 21, 512, 4096]) {
    test(`0.1 s at ${grant} bytes a grant`, async () => {
      const { toy, pet } = await pair({ grant })
      await pet.upload(short, 1)
      assert.deepEqual(toy.view().slots[1], filled(clipBytes(short), grant))
      assert.equal(pet.state, ToyState.idle)
    })
  }
})

test('whatever the toy grants, however slow the air: what arrives is what was sent (T-BLE2)', async () => {
  const approval = await someApproval()
  const knobs = fc.record({
    grant: fc.integer({ min: 1, max: 700 }),
    latency: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
    seconds: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
  })
  await fc.assert(
    fc.asyncProperty(knobs, async ({ grant, latency, seconds }) => {
      const clip = await approveClip(approval, () => tone(seconds))
      const { toy, pet } = await pair({ grant, ...(latency === undefined ? {} : { latency }) })
      await pet.upload(clip, 1)
      assert.deepEqual(toy.view().slots[1], filled(clipBytes(clip), grant))
    }),
    { numRuns: 60 },
  )
})

test('a clip that is played at once carries its header twice', async () => {
  const { toy, pet } = await pair({ grant: 20 })
  const clip = await approvedTone(0.1)
  await pet.upload(clip, 0)
  const bytes = clipBytes(clip)
  const twice = Uint8Array.from([...bytes.subarray(0, 32), ...bytes])
  assert.deepEqual(toy.view().streamed, filled(twice, 20))
  assert.deepEqual(toy.view().slots, [undefined, undefined, undefined, undefined, undefined])
})

test('a connection that breaks at any byte never looks like success (T-BLE3)', async () => {
  const clip = await approvedTone(0.04)
  const size = clipBytes(clip).length
  assert.equal(size, 152, 'three frames')
  for (const grant of [19, 20, 512]) {
    const all = filled(clipBytes(clip), grant).length
    for (let at = 0; at <= all; at += 1) {
      const { toy, pet } = await pair({ grant, disconnectAtByte: at })
      await assert.rejects(pet.sendMessage(clip), code('toy-gone'), `byte ${at}`)
      assert.equal(toy.view().slots[1], undefined)
      assert.equal(toy.view().connected, false)
    }
  }
})

describe('what the toy says decides', async () => {
  const clip = await approvedTone(0.5)
  const cases: [string, ToyKnobs, string, string | undefined][] = [
    ['a failure report', { failUploads: true }, 'toy-failed', 'upload-failed'],
    ['no first grant', drop(TOY.dataReq, 1), 'toy-timeout', 'no-first-grant'],
    ['no second grant', drop(TOY.dataReq, 2), 'toy-timeout', 'no-grant'],
    ['no end report', drop(TOY.dataReq, 5), 'toy-timeout', 'no-end-report'],
    ['a grant heard twice overruns the toy', fault('duplicate', 1), 'toy-failed', 'upload-failed'],
  ]
  for (const [name, knobs, expected, reason] of cases) {
    test(`${name}: ${expected}, and the link is closed`, async () => {
      const { toy, pet } = await pair(knobs)
      await assert.rejects(pet.upload(clip, 1), code(expected, reason))
      assert.equal(toy.view().connected, false)
    })
  }

  test('a lost or late idle notification is made up for by reading the state', async () => {
    // State notifications of an upload: 1 priming, 2 uploading, 3 idle.
    for (const kind of ['drop', 'reorder', 'duplicate'] as const) {
      for (const nth of [1, 2, 3]) {
        const { toy, pet } = await pair({ faults: [{ kind, characteristic: TOY.state, nth }] })
        await pet.upload(clip, 1)
        assert.deepEqual(toy.view().slots[1], filled(clipBytes(clip), 512))
      }
    }
  })

  function drop(characteristic: string, nth: number): ToyKnobs {
    return { faults: [{ kind: 'drop', characteristic, nth }] }
  }
  function fault(kind: 'duplicate', nth: number): ToyKnobs {
    return { faults: [{ kind, characteristic: TOY.dataReq, nth }] }
  }
})

test('a toy that refuses the key is a refusal', async () => {
  const { toy, pet } = await pair({ key: Array.from({ length: 16 }, () => 7) })
  const states: number[] = []
  pet.onState((state) => states.push(state))
  await assert.rejects(pet.upload(await approvedTone(0.1), 1), code('toy-refused', 'key-check'))
  assert.deepEqual(states, [ToyState.locked])
  assert.equal(toy.view().connected, false)
})

test('progress counts the clip, not the filler', async () => {
  const { pet } = await pair({ grant: 512 })
  const clip = await approvedTone(0.1)
  const seen: [number, number][] = []
  await pet.upload(clip, 1, { onProgress: (sent, total) => seen.push([sent, total]) })
  const size = clipBytes(clip).length
  assert.deepEqual(seen[0], [20, size])
  assert.deepEqual(seen.at(-1), [size, size])
})

test('cancelling closes the link and rejects with the reason', async () => {
  const { toy, pet } = await pair()
  const stop = new AbortController()
  const clip = await approvedTone(1)
  const onProgress = (sent: number): void => void (sent > 700 && stop.abort(new Error('enough')))
  await assert.rejects(pet.upload(clip, 1, { onProgress, signal: stop.signal }), /enough/)
  assert.equal(toy.view().connected, false)
  assert.equal(toy.view().slots[1], undefined)
})

test('packets are 14 ms apart; the first, each 128th and the last are acknowledged', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const times: number[] = []
  const link = memoryLink(toy)
  const timed = {
    ...link,
    write: async (...args: Parameters<typeof link.write>) => {
      if (args[0] === TOY.audioSend) times.push(clock.now())
      return link.write(...args)
    },
  }
  const pet = await connectCloudPet(timed, { clock })
  await pet.upload(await approvedTone(10), 1)
  assert.ok(times.length > 1000)
  for (const [index, at] of times.entries())
    assert.ok(index === 0 || at - (times[index - 1] ?? 0) >= 14)
  const sound = toy.log.filter((one) => one.characteristic === TOY.audioSend)
  const acknowledged = sound.flatMap((one, index) => (one.response ? [index + 1] : []))
  const every128 = Array.from({ length: Math.floor(sound.length / 128) }, (_, n) => (n + 1) * 128)
  assert.deepEqual(acknowledged, [...new Set([1, ...every128, sound.length])])
})

test('a clip that nobody approved is refused before a single byte is written', async () => {
  const { toy, pet } = await pair()
  const real = await approvedTone(0.1)
  const forged: unknown[] = [{ ...real }, clipBytes(real), Object.create(real), null, 'clip']
  for (const one of forged) {
    const clip = one as ApprovedClip
    await assert.rejects(pet.upload(clip, 1), code('not-approved'))
    await assert.rejects(pet.sendMessage(clip), code('not-approved'))
  }
  assert.deepEqual(toy.log, [])
  assert.equal(toy.view().connected, true)
})
