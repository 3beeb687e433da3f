import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { isRightToLeft } from '../ui/direction.ts'
import { messages as words } from './messages-texts.ts'

export type TabItem<T extends string> = {
  readonly key: T
  readonly label: string
  /** How many are new there. */
  readonly fresh: number
  readonly picture?: JSX.Element
}

type Props<T extends string> = {
  readonly label: string
  readonly items: readonly TabItem<T>[]
  readonly chosen: T
  /** The id of what they choose for. */
  readonly panel: string
  readonly onChoose: (key: T) => void
}

/** Tabs, one of them chosen; arrow keys go from one to the next as everywhere. */
export function Tabs<T extends string>(props: Props<T>): JSX.Element {
  const { label, items, chosen, panel, onChoose } = props
  const list = useRef<HTMLDivElement>(null)
  const go = (step: number): void => {
    const at = items.findIndex(({ key }) => key === chosen)
    const next = items[(at + step + items.length) % items.length]
    if (!next) return
    onChoose(next.key)
    list.current?.querySelector<HTMLElement>(`#tab-${next.key}`)?.focus()
  }
  const press = (event: KeyboardEvent): void => {
    const step = stepOf(event.key)
    if (step === 0) return
    event.preventDefault()
    go(step)
  }
  return (
    <div ref={list} class="tabs" role="tablist" aria-label={label} onKeyDown={press}>
      {items.map(({ key, label: says, fresh, picture }) => (
        <button
          key={key}
          id={`tab-${key}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={key === chosen}
          aria-controls={panel}
          tabIndex={key === chosen ? 0 : -1}
          onClick={() => onChoose(key)}
        >
          {picture}
          {says}
          {fresh > 0 && (
            <span class="fresh">
              <span aria-hidden="true">{fresh}</span>
              <span class="visually-hidden">{words.freshCount(fresh)}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  )
}

/** Where an arrow leads: onwards is to the left where lines begin at the right. */
function stepOf(key: string): number {
  const onwards = isRightToLeft() ? -1 : 1
  if (key === 'ArrowRight') return onwards
  return key === 'ArrowLeft' ? -onwards : 0
}
