import type { JSX } from 'preact'
import type { MessageState } from '../../client/rulings.ts'

/** What a state looks like beside its words: a shape of its own, so that colour is never alone. */
const SHAPES: Readonly<Record<MessageState, string>> = {
  sending: 'M12 3l7 7h-4v10H9V10H5z',
  failed: 'M12 2L1 21h22zM11 9h2v6h-2zM11 16.5h2v2h-2z',
  waiting:
    'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zm0 2.4a7.6 7.6 0 1 1 0 15.2a7.6 7.6 0 1 1 0-15.2zM11 6.5v6.2l4.6 2.7 1-1.7-3.6-2.1V6.5z',
  approved: 'M9.5 18.6L3 12.1l2.1-2.1 4.4 4.4L18.9 5 21 7.1z',
  rejected: 'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zM6.5 10.7h11v2.6h-11z',
  'in-the-bear':
    'M5.5 2.5a3.5 3.5 0 0 0-2 6.3A9.5 9.5 0 1 0 20.5 8.8a3.5 3.5 0 1 0-4.8-4.6 9.5 9.5 0 0 0-7.4 0A3.5 3.5 0 0 0 5.5 2.5zM8.5 10a1.4 1.4 0 1 1 0 2.8a1.4 1.4 0 1 1 0-2.8zM15.5 10a1.4 1.4 0 1 1 0 2.8a1.4 1.4 0 1 1 0-2.8zM12 14.5c1.6 0 2.6.8 2.6 1.7s-1 2-2.6 2-2.6-1.1-2.6-2 1-1.7 2.6-1.7z',
  played:
    'M3 9v6h4l5 5V4L7 9zM14.5 8.3a5 5 0 0 1 0 7.4l1.4 1.5a7 7 0 0 0 0-10.4zM17.5 5.2a9.2 9.2 0 0 1 0 13.6l1.4 1.5a11.2 11.2 0 0 0 0-16.6z',
  delivered: 'M2 5h20v14H2zM4.2 7l7.8 6 7.8-6z',
}

const SAVED =
  'M12 21l-1.5-1.3C5.2 15 2 12.1 2 8.5A5.3 5.3 0 0 1 7.4 3 6 6 0 0 1 12 5.2 6 6 0 0 1 16.6 3 5.3 5.3 0 0 1 22 8.5c0 3.6-3.2 6.5-8.5 11.2z'

/** The picture of where a message stands. */
export function StateIcon({ state }: { state: MessageState | 'saved' }): JSX.Element {
  return (
    <svg class="state-icon" viewBox="0 0 24 24" fill-rule="evenodd" aria-hidden="true">
      <path d={state === 'saved' ? SAVED : SHAPES[state]} />
    </svg>
  )
}
