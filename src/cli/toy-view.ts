import { ToyState } from '../toy/cloudpets/states.ts'
import { lengthOf } from '../toy/virtual/sound.ts'
import type { ToyView } from '../toy/virtual/virtual-toy.ts'

const SLOTS = ["the child's recording", 'the message', 'other', 'other', 'other']
const HELP = 'p plays · r records, r again ends it · q quits'

/** A virtual toy as a few lines of text for a terminal. */
export function drawToy(view: ToyView): string[] {
  const state = Object.entries(ToyState).find(([, code]) => code === view.state)?.[0] ?? 'invalid'
  const link = view.connected ? 'connected' : 'waiting for a phone'
  return [
    `${view.name} · ${state} · ${link}`,
    `heart ${heart(view.light)} · volume ${view.volume}${view.gameMode ? ' · game mode' : ''}`,
    ...view.slots.map((sound, index) => `  ${index + 1} ${SLOTS[index]}: ${contents(sound)}`),
    HELP,
  ]
}

function heart({ mode, period }: ToyView['light']): string {
  return mode === 'blink' ? `blinks every ${period} ms` : mode
}

function contents(sound: Uint8Array | undefined): string {
  if (sound === undefined) return 'empty'
  return `${(lengthOf(sound) / 1000).toFixed(1)} s, ${sound.length} bytes`
}
