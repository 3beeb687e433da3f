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
 * Tells the player what list, newest first, is on the screen: through its unheard ones it may go on
 * by itself. Nothing plays by itself for a child whose parents have not asked for it.
 */
export function usePlaylist(messages: readonly Message[], audience: Audience): void {
  const { client } = useApp()
  useEffect(() => {
    const next = (id: string): Track | undefined => {
      const message = nextUnheard(messages, id)
      return message && trackOf(client, message)
    }
    const has = (id: string): boolean => messages.some(({ message }) => message === id)
    return player.show({ audience, has, next })
  }, [client, messages, audience])
}
