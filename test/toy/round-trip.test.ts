import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clipBytes } from '../../src/toy/approval.ts'
import { connectCloudPet } from '../../src/toy/cloudpets/cloudpets.ts'
import { fastClock } from '../../src/toy/virtual/fast-clock.ts'
import { memoryLink } from '../../src/toy/virtual/memory-link.ts'
import { createVirtualToy } from '../../src/toy/virtual/virtual-toy.ts'
import { approvedTone } from '../harness/approved-clip.ts'

/** T-BLE1 at full length: what the slot holds is the clip, filled with 0x80 up to the last grant. */
for (const seconds of [0.1, 10, 39.98]) {
  const clip = await approvedTone(seconds)
  for (const grant of [1, 19, 20, 21, 512, 4096]) {
    test(`${seconds} s at ${grant} bytes a grant arrive byte for byte`, async () => {
      const clock = fastClock()
      const toy = createVirtualToy({ clock, grant })
      const pet = await connectCloudPet(memoryLink(toy), { clock })
      await pet.upload(clip, 1)
      const whole = new Uint8Array(Math.ceil(clip.size / grant) * grant).fill(0x80)
      whole.set(clipBytes(clip))
      assert.deepEqual(toy.view().slots[1], whole)
      const packets = Math.ceil(whole.length / 20)
      assert.ok(clock.now() >= (packets - 1) * 14, 'no faster than the toy can take it')
    })
  }
}
