import type { JSX } from 'preact'
import { useValue } from '../../platform/value.ts'
import { useApp } from '../../ui/context.ts'
import { player, type Audience } from '../../sound/player.ts'
import { playing as words } from '../../sound/player-texts.ts'
import { memoryOf, SPEEDS } from './memory.ts'

/** How fast, and whether the next one follows by itself. */
export function Controls({ id }: { id: string }): JSX.Element {
  const memory = memoryOf(useApp().client)
  const { speed } = useValue(memory.settings)
  const list = player.listOf(id)
  return (
    <div class="play-controls">
      <label class="speed">
        <span class="visually-hidden">{words.speed}</span>
        <select
          value={speed}
          onChange={({ currentTarget }) => {
            const chosen = SPEEDS.find((one) => String(one) === currentTarget.value)
            if (chosen) memory.change({ speed: chosen })
          }}
        >
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {words.factor(one)}
            </option>
          ))}
        </select>
      </label>
      {list && <Next audience={list.audience} />}
    </div>
  )
}

function Next({ audience }: { audience: Audience }): JSX.Element {
  const memory = memoryOf(useApp().client)
  const { next } = useValue(memory.settings)
  return (
    <label class="tick next">
      <input
        type="checkbox"
        role="switch"
        checked={next[audience]}
        onChange={({ currentTarget }) =>
          memory.change({ next: { ...next, [audience]: currentTarget.checked } })
        }
      />
      <span>{words.next}</span>
    </label>
  )
}
