import { PawpostError } from '../../protocol/errors.ts'
import { sameBytes } from '../../protocol/bytes.ts'
import type { Client } from '../client.ts'
import { bring } from '../keepsakes.ts'
import { step } from '../live.ts'
import { messages, sounds, type Message } from '../messages.ts'
import { splitOgg } from '../sound/parts.ts'
import { voiceId, type ArchivedVoice } from './format.ts'

/** What came of an archive: how many voices are new here, and how many were here already. */
export type Brought = { readonly added: number; readonly known: number }

/** So many are sent before the next ones are read: an archive may be larger than a memory. */
const BATCH = 16

/** Bytes of sound in one keepsake, at most: a message holds 252 KiB, names and all. */
const MOST_BYTES = 250 * 1024
const MOST_MS = 300_000

type Sounding = Pick<ArchivedVoice, 'sound' | 'durationMs'>

type Options = {
  readonly signal?: AbortSignal
  readonly onProgress?: (brought: Brought) => void
}

/**
 * Brings the voices of an archive into this family, as voices that nobody here vouches for. What is
 * here already, by an earlier archive or as a message, is left out: the same archive again changes
 * nothing, and what was cut off goes on. Throws what the archive's reader and the network throw.
 */
export async function bringArchive(
  client: Client,
  voices: AsyncIterable<ArchivedVoice>,
  { signal, onProgress }: Options = {},
): Promise<Brought> {
  const own = Map.groupBy(await messages(client), ({ at }) => at)
  let brought: Brought = { added: 0, known: 0 }
  let batch: ArchivedVoice[] = []
  const send = async (): Promise<void> => {
    const added = await bringBatch(client, batch, own)
    brought = { added: brought.added + added, known: brought.known + batch.length - added }
    batch = []
    if (added > 0) await step(client)
    onProgress?.(brought)
  }
  for await (const voice of voices) {
    signal?.throwIfAborted()
    batch.push(voice)
    if (batch.length >= BATCH) await send()
  }
  await send()
  client.changed('messages')
  return brought
}

type Own = ReadonlyMap<number, readonly Message[]>

async function bringBatch(
  client: Client,
  batch: readonly ArchivedVoice[],
  own: Own,
): Promise<number> {
  const fresh: ArchivedVoice[] = []
  for (const voice of batch) if (!(await isOwn(client, voice, own))) fresh.push(voice)
  const voices = fresh.map(keepsakesOf)
  const added = await bring(client, voices.flat())
  return voices.filter((pieces) => pieces.some(({ id }) => added.has(id))).length
}

type Piece = Omit<ArchivedVoice, 'state'> & { readonly id: string }

/** A voice as messages take it: one that is too long for one, in pieces that come one after the other. */
function keepsakesOf({ state: _state, ...voice }: ArchivedVoice): readonly Piece[] {
  let { at } = voice
  return piecesOf(voice).map(({ sound, durationMs }) => {
    const piece = { ...voice, sound, durationMs, at }
    at += durationMs
    return { ...piece, id: voiceId(piece) }
  })
}

/** Nothing of what is too long and cannot be cut: the other voices come all the same. */
function piecesOf({ sound, durationMs }: Sounding): readonly Sounding[] {
  if (sound.length <= MOST_BYTES && durationMs <= MOST_MS) return [{ sound, durationMs }]
  try {
    return splitOgg(sound).filter((piece) => piece.durationMs > 0)
  } catch (error) {
    if (error instanceof PawpostError) return []
    throw error
  }
}

/** Whether the family has it as a message, or as a part: said at the same moment, and the same sound. */
async function isOwn(client: Client, voice: ArchivedVoice, own: Own): Promise<boolean> {
  for (const { message } of own.get(voice.at) ?? []) {
    const known = await sounds(client, message)
    if (known.some((one) => sameBytes(one.sound, voice.sound))) return true
  }
  return false
}
