import { useEffect } from 'preact/hooks'
import type { Client } from '../../../client/client.ts'
import { heard, sound, type Message } from '../../../client/messages.ts'
import { useApp } from '../../ui/context.ts'
import { nextUnheard } from './next.ts'
import { player, type Audience, type Track } from '../../sound/player.ts'

/** A message as the player takes it. */
export function trackOf(client: Client, message: Message): Track {
  return {
    id: message.message,
    durationMs: message.durationMs,
    load: async () => (await sound(client, message.message)).sound,
    onPlay() {
      if (!message.heard) void heard(client, message.message)
    },
  }
}

/**
 * Tells the player which lists, newest first, are on the screen: through the unheard ones of a list
 * it may go on by itself. Nothing plays by itself for a child who has not asked for it.
 */
export function usePlaylist(lists: readonly (readonly Message[])[], audience: Audience): void {
  const { client } = useApp()
  useEffect(() => {
    const next = (id: string): Track | undefined => {
      const message = nextUnheard(lists, id)
      return message && trackOf(client, message)
    }
    player.list.set({ audience, next })
  }, [lists])
  useEffect(() => () => player.list.set(undefined), [])
}
