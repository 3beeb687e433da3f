import { z } from 'zod'
import type { Client } from '../../../client/client.ts'
import { pad } from '../../../client/family.ts'
import { bytes } from '../../../protocol/cbor.ts'
import type { Slice } from '../../sound/capture.ts'
import { takeOf } from '../../sound/recording.ts'
import { address, keepDraft, type Address } from '../drafts.ts'

/**
 * What is being recorded is kept every few seconds, encrypted, until it is a draft: a window that is
 * closed in the middle, or a phone whose battery ends, loses no more than the last slice.
 */

const PREFIX = 'slice/'

const kept = z.strictObject({
  ...address.shape,
  rate: z.int().min(8_000).max(192_000),
  /** 16 bits a sample. */
  pcm: bytes(2, 1 << 21),
})

type Kept = { readonly key: string; readonly value: z.infer<typeof kept> }

/** Keeps what one recorder hears, one recording after the other. */
export type Slices = {
  readonly begin: () => void
  readonly add: (slice: Slice) => void
  /** Where everything of this recording lies; resolves when nothing is being written any more. */
  readonly keys: () => Promise<readonly string[]>
  /** The recording is not wanted. */
  readonly drop: () => Promise<void>
}

export function keepSlices({ store, now }: Client, { author, to, re }: Address): Slices {
  let written: Promise<unknown> = Promise.resolve()
  let name = ''
  let keys: string[] = []
  const settled = async (): Promise<readonly string[]> => {
    const all = keys
    await written
    return all
  }
  return {
    begin() {
      name = `${PREFIX}${pad(now())}/`
      keys = []
    },
    add({ samples, rate }) {
      const key = name + pad(keys.length)
      const pcm = new Uint8Array(samples.buffer)
      const value = { author, to: [...to], ...(re && { re }), rate, pcm }
      keys.push(key)
      // Without it the recording still goes on, and is kept when it is stopped.
      written = written.then(() => store.write([{ key, value }])).catch(reportError)
    },
    keys: settled,
    async drop() {
      const all = await settled()
      if (all.length > 0) await store.write(all.map((key) => ({ key, value: undefined })))
    },
  }
}

const rescues = new WeakMap<Client, Promise<void>>()

/**
 * Makes drafts of recordings that a former window could not end. Once per window, before anything is
 * recorded in it: what is kept later is a recording under way.
 */
export function rescued(client: Client): Promise<void> {
  const known = rescues.get(client) ?? rescue(client).catch(reportError)
  rescues.set(client, known)
  return known
}

async function rescue(client: Client): Promise<void> {
  const recordings = new Map<string, Kept[]>()
  for (const one of await client.store.list(PREFIX, kept)) {
    const name = one.key.slice(0, one.key.lastIndexOf('/'))
    recordings.set(name, [...(recordings.get(name) ?? []), one])
  }
  for (const slices of recordings.values()) await restore(client, slices)
}

async function restore(client: Client, slices: readonly Kept[]): Promise<void> {
  const [first] = slices
  const without = slices.map(({ key }) => key)
  const rate = first?.value.rate ?? 0
  const same = slices.filter(({ value }) => value.rate === rate)
  const take = await takeOf(joined(same.map(({ value }) => value.pcm)), rate)
  if (first && take) await keepDraft(client, first.value, take, { without, interrupted: true })
  else await client.store.write(without.map((key) => ({ key, value: undefined })))
}

function joined(pieces: readonly Uint8Array[]): Int16Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return new Int16Array(whole.buffer, 0, whole.length >> 1)
}
