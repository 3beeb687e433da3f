import type { PawpostError } from '../../src/protocol/errors.ts'
import { connectCloudPet } from '../../src/toy/cloudpets/cloudpets.ts'
import { CLOUDPETS_RADIO } from '../../src/toy/cloudpets/gatt.ts'
import { chooseToy } from '../../src/toy/web-bluetooth.ts'
import { approvedTone } from '../harness/approved-clip.ts'

/** The page of toy.test.ts: its buttons use a toy as the app does and write down what came of it. */
async function send(): Promise<unknown> {
  const pet = await connectCloudPet(await chooseToy(CLOUDPETS_RADIO))
  let steps = 0
  const clip = await approvedTone(1)
  const { lit } = await pet.sendMessage(clip, { onProgress: () => (steps += 1) })
  const { name, config, volume, state } = pet
  await pet.close()
  return { name, character: config?.character, volume, state, lit, steps, size: clip.size }
}

/** Takes the recording that the paw made. */
async function fetchRecording(): Promise<unknown> {
  const pet = await connectCloudPet(await chooseToy(CLOUDPETS_RADIO))
  const bytes = await pet.download()
  await pet.close()
  return { bytes: Array.from(bytes) }
}

/** Sends until the link breaks, then tries a verb on what is left. */
async function lose(): Promise<unknown> {
  const pet = await connectCloudPet(await chooseToy(CLOUDPETS_RADIO))
  let gone = 0
  pet.onGone(() => (gone += 1))
  const first = await pet.sendMessage(await approvedTone(1)).catch(codeOf)
  const second = await pet.setVolume(3).catch(codeOf)
  return { first, second, gone }
}

/** Connects late: somebody else may have been quicker meanwhile. */
async function dawdle(): Promise<unknown> {
  const link = await chooseToy(CLOUDPETS_RADIO)
  const later = new Promise((resolve) => document.body.addEventListener('dblclick', resolve))
  document.getElementById('dawdle')?.setAttribute('aria-busy', 'true')
  await later
  return connectCloudPet(link).catch(codeOf)
}

const codeOf = (error: PawpostError): unknown => ({ code: error.code, reason: error.reason })

const outcome = document.querySelector('output')
for (const [id, work] of Object.entries({ send, fetchRecording, lose, dawdle })) {
  document.getElementById(id)?.addEventListener('click', () => {
    const show = (result: unknown): void => {
      if (outcome) outcome.textContent = JSON.stringify(result)
    }
    work().then(show, (error: PawpostError) =>
      show({ ...Object(codeOf(error)), text: String(error) }),
    )
  })
}
