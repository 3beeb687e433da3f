import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { childsPost, type Speaker } from '../../client/childs-post.ts'
import type { ChildId } from '../../protocol/ids.ts'
import { useLive, type Live } from '../ui/use-live.ts'

/** The child in whose hands the device is. */
export const WhoseContext = createContext<ChildId | undefined>(undefined)

export function useChild(): ChildId {
  const child = useContext(WhoseContext)
  if (!child) throw new Error('a room outside of the child’s screen')
  return child
}

/** Who has something for this child. */
export function useSpeakers(): Live<readonly Speaker[]> {
  const child = useChild()
  return useLive((client) => childsPost(client, child), ['messages', 'family'])
}
