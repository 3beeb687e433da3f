import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectCloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { fastClock } from '../../toy/virtual/fast-clock.ts'
import { memoryLink } from '../../toy/virtual/memory-link.ts'
import { createVirtualToy } from '../../toy/virtual/virtual-toy.ts'
import { connection } from '../toy/connection.ts'
import { followPaws, shine } from './toy-paws.ts'

test('the toy’s paws play along, its heart lights up, and afterwards they are its own again', async () => {
  const clock = fastClock()
  const toy = createVirtualToy({ clock })
  const pet = await connectCloudPet(memoryLink(toy), { clock })
  connection.set({ step: 'connected', pet, state: pet.state })
  const pressed: number[] = []
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50))

  const unfollow = followPaws(pet, (paw) => pressed.push(paw))
  await settled()
  assert.equal(toy.view().gameMode, true)
  for (const paw of ['record', 'play', 'play'] as const) toy.press(paw)
  shine(true)
  await settled()
  assert.deepEqual(pressed, [0, 1, 1])
  assert.equal(toy.view().light?.mode, 'on')
  assert.equal(toy.view().slots[0], undefined, 'nothing was recorded meanwhile')

  unfollow()
  await settled()
  assert.equal(toy.view().gameMode, false)
  assert.equal(toy.view().light?.mode, 'off')
  toy.press('record')
  await settled()
  assert.deepEqual(pressed, [0, 1, 1])
})
