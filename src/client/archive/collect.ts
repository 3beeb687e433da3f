import { PawpostError } from '../../protocol/errors.ts'
import type { Client } from '../client.ts'
import { keepsakes, keepsakeSound, type Keepsake } from '../keepsakes.ts'
import { messages, sounds, type Message } from '../messages.ts'
import { readProfile } from '../profile.ts'
import {
  LONGEST_MS,
  LONGEST_NAMES,
  type Archive,
  type ArchivedVoice,
  type VoiceNote,
} from './format.ts'

/** How far a long work is. */
export type Progress = { readonly done: number; readonly of: number }

export type Collecting = {
  /** IANA time zone in which times are written. */
  readonly zone: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/**
 * Everything this device may listen to: for a guardian what the household holds, for a relative
 * their own thread. It is read from this device alone; the server is not asked. Voices come one by
 * one; the signal ends them with its reason.
 */
export async function collect(client: Client, options: Collecting): Promise<Archive> {
  const { zone } = options
  const said = (await messages(client)).map((message) => ({
    at: message.at,
    voice: () => messageOf(client, message),
  }))
  const brought = (await keepsakes(client)).map((keepsake) => ({
    at: keepsake.at,
    voice: () => keepsakeOf(client, keepsake),
  }))
  const all = [...said, ...brought].sort((one, other) => other.at - one.at)
  const children = (await readProfile(client))?.children ?? []
  const family = listOf(children.map(({ name }) => name))
  return {
    about: { family, at: client.now(), zone },
    count: all.length,
    voices: () => voicesOf(all, options),
  }
}

/** A voice of the archive, read when its turn comes. */
type Listed = { readonly at: number; readonly voice: () => Promise<readonly ArchivedVoice[]> }

async function* voicesOf(
  all: readonly Listed[],
  { signal, onProgress }: Collecting,
): AsyncGenerator<ArchivedVoice> {
  for (const [done, { voice }] of all.entries()) {
    signal?.throwIfAborted()
    onProgress?.({ done, of: all.length })
    yield* await unlessForgotten(voice())
  }
  onProgress?.({ done: all.length, of: all.length })
}

/** Nothing for what was forgotten since the list was made. */
async function unlessForgotten(
  voice: Promise<readonly ArchivedVoice[]>,
): Promise<readonly ArchivedVoice[]> {
  try {
    return await voice
  } catch (error) {
    if (error instanceof PawpostError && error.code === 'not-found') return []
    throw error
  }
}

/** One voice; what came in parts that are none of one recording, part by part. */
async function messageOf(client: Client, message: Message): Promise<readonly ArchivedVoice[]> {
  const files = await sounds(client, message.message)
  return files.map(({ sound, durationMs }) => ({ ...noteOf({ ...message, durationMs }), sound }))
}

async function keepsakeOf(client: Client, { message }: Keepsake): Promise<[ArchivedVoice]> {
  return [{ ...(await keepsakeSound(client, message)), state: 'keepsake' }]
}

function noteOf({ from, to, at, durationMs, state }: Message): VoiceNote {
  return {
    from: (from.child ?? from).name,
    child: from.child !== undefined,
    to: listOf(to.map(({ name }) => name)),
    at,
    durationMs: Math.max(1, Math.min(Math.round(durationMs), LONGEST_MS)),
    state,
    codec: 'opus/ogg',
  }
}

/** Names in a row, as long as an archive takes them. */
function listOf(names: readonly string[]): string {
  return names
    .filter((name) => name !== '')
    .join(', ')
    .slice(0, LONGEST_NAMES)
}
