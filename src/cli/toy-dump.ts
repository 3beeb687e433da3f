import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWav } from '../client/sound/wav.ts'
import { PawpostError } from '../protocol/errors.ts'
import { decodeClip } from '../toy/g7221/clip.ts'
import { SAMPLE_RATE } from '../toy/g7221/format.ts'
import type { VirtualToy } from '../toy/virtual/virtual-toy.ts'

export type Dump = {
  /** Writes what has changed since the last time; calls are carried out one after the other. */
  update(): Promise<void>
}

/**
 * Keeps a folder in step with a toy: `slot-N.au` as the slot holds it, filler included, and
 * `slot-N.wav` decoded (not for the toy's own recordings, whose codec is unknown). `streamed.au` is
 * what was played while it arrived. A file is either whole or absent.
 */
export function dumpTo(folder: string, toy: VirtualToy): Dump {
  const written = new Map<string, Uint8Array | undefined>()
  let turn = Promise.resolve()
  const update = async (): Promise<void> => {
    await mkdir(folder, { recursive: true })
    for (const [name, sound] of Object.entries(soundsOf(toy))) {
      if (written.get(name) === sound) continue
      await writeSound(join(folder, name), sound)
      written.set(name, sound)
    }
  }
  return {
    update() {
      turn = turn.then(update)
      return turn
    },
  }
}

function soundsOf(toy: VirtualToy): Record<string, Uint8Array | undefined> {
  const { slots, streamed } = toy.view()
  const named = slots.map((sound, index) => [`slot-${index + 1}`, sound] as const)
  return { ...Object.fromEntries(named), streamed }
}

async function writeSound(base: string, sound: Uint8Array | undefined): Promise<void> {
  await replace(`${base}.au`, sound)
  await replace(`${base}.wav`, sound && decoded(sound))
}

async function replace(path: string, bytes: Uint8Array | undefined): Promise<void> {
  if (bytes === undefined) return rm(path, { force: true })
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}

function decoded(sound: Uint8Array): Uint8Array | undefined {
  try {
    return writeWav(decodeClip(sound), SAMPLE_RATE)
  } catch (error) {
    if (error instanceof PawpostError && error.code === 'sound-unreadable') return undefined
    throw error
  }
}
