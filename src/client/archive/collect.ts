import { PawpostError } from '../../protocol/errors.ts'
import type { Client } from '../client.ts'
import { messages, sound, type Message } from '../messages.ts'
import { readProfile } from '../profile.ts'
import { LONGEST_NAMES, type Archive, type ArchivedVoice, type VoiceNote } from './format.ts'

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
  const all = await messages(client)
  const children = (await readProfile(client))?.children ?? []
  const family = listOf(children.map(({ name }) => name))
  return {
    about: { family, at: client.now(), zone },
    count: all.length,
    voices: () => voicesOf(client, all, options),
  }
}

async function* voicesOf(
  client: Client,
  all: readonly Message[],
  { signal, onProgress }: Collecting,
): AsyncGenerator<ArchivedVoice> {
  for (const [done, message] of all.entries()) {
    signal?.throwIfAborted()
    onProgress?.({ done, of: all.length })
    const voice = await soundOf(client, message)
    if (voice) yield { ...noteOf(message), sound: voice }
  }
  onProgress?.({ done: all.length, of: all.length })
}

/** Nothing for what was forgotten since the list was made. */
async function soundOf(client: Client, { message }: Message): Promise<Uint8Array | undefined> {
  try {
    return (await sound(client, message)).sound
  } catch (error) {
    if (error instanceof PawpostError && error.code === 'not-found') return undefined
    throw error
  }
}

function noteOf({ from, to, at, durationMs, state }: Message): VoiceNote {
  return {
    from: (from.child ?? from).name,
    child: from.child !== undefined,
    to: listOf(to.map(({ name }) => name)),
    at,
    durationMs: Math.max(1, Math.round(durationMs)),
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
