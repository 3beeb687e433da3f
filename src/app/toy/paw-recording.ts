import { useEffect, useRef, useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { sendVoice, type Voice } from '../../client/voices.ts'
import { PawpostError } from '../../protocol/errors.ts'
import type { ChildId, PrincipalId } from '../../protocol/ids.ts'
import type { CloudPet } from '../../toy/cloudpets/cloudpets.ts'
import { hearings, PAW_RATE, type Hearing } from '../../toy/cloudpets/paw-sound/paw-sound.ts'
import { ToyState } from '../../toy/cloudpets/states.ts'
import { keepAwake } from '../platform/awake.ts'
import { takeOf, type Take } from '../sound/recording.ts'
import { useAction, type Action } from '../ui/use-action.ts'

/** What came over, and the ways in which it may be heard. */
export type Fetched = {
  readonly at: number
  readonly raw: Uint8Array
  readonly ways: readonly Hearing[]
}

/** A message takes no more of what the toy recorded (`raw` of a voice). */
const MOST_RAW = 128 * 1024

export type PawRecording = {
  /** `empty` when the paw has recorded nothing. */
  readonly found: Fetched | 'empty' | undefined
  readonly fetch: Action<[]>
  readonly forget: () => void
}

/**
 * Fetches what the paw recorded: when it is asked to, and by itself when the child has just stopped
 * recording.
 */
export function usePawRecording(pet: CloudPet, state: ToyState): PawRecording {
  const [found, setFound] = useState<PawRecording['found']>(undefined)
  const fetch = useAction(async () => setFound(await fetchFrom(pet)))
  const before = useRef(state)
  useEffect(() => {
    const isOver = before.current === ToyState.recording && state !== ToyState.recording
    before.current = state
    if (isOver) void fetch.run()
  }, [state])
  return { found, fetch, forget: () => setFound(undefined) }
}

async function fetchFrom(pet: CloudPet): Promise<Fetched | 'empty'> {
  try {
    const raw = await keepAwake(() => pet.download())
    const ways = hearings(raw)
    return ways.length === 0 ? 'empty' : { at: Date.now(), raw, ways }
  } catch (error) {
    if (error instanceof PawpostError && error.reason === 'recording-empty') return 'empty'
    throw error
  }
}

/** A recording as it is heard in one of the ways. Throws `sound-empty` for a slip of the paw. */
export async function heardAs({ samples }: Hearing): Promise<Take> {
  const take = await takeOf(samples, PAW_RATE)
  if (!take) throw new PawpostError('sound-empty')
  return take
}

/** Sends it as a child's message, with what the toy recorded as it came. */
export async function sendPawRecording(
  client: Client,
  { raw }: Fetched,
  take: Take,
  { child, to }: { readonly child: ChildId; readonly to: readonly PrincipalId[] },
): Promise<void> {
  const voice: Voice = { ...take, author: child, to: to.length > 0 ? to : 'household' }
  await sendVoice(client, raw.length <= MOST_RAW ? { ...voice, raw } : voice)
}
