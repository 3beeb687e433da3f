import type { Speaker } from '../../client/childs-post.ts'
import type { Story } from '../../client/stories.ts'

/** Where on the child's screen one is. There is no address: nothing that could be gone back to. */
export type Room =
  | { readonly at: 'home' | 'bear' | 'lullabies' | 'shelf' | 'game' | 'gate' }
  | { readonly at: 'speaker'; readonly speaker: Speaker }
  | { readonly at: 'story'; readonly story: Story; readonly place: number }

export type Go = (room: Room) => void
