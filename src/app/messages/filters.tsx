import type { JSX } from 'preact'
import { countsOf, FILTERS, type Filter } from './choosing.ts'
import { messages as words } from './messages-texts.ts'
import type { Message } from '../../client/messages.ts'
import { useMemo } from 'preact/hooks'

const LABELS: Readonly<Record<Filter, string>> = {
  all: words.filter.all,
  new: words.filter.new,
  waiting: words.filter.waiting,
  approved: words.filter.approved,
  'in-the-bear': words.filter.inTheBear,
  played: words.filter.played,
  saved: words.filter.saved,
}

type Props = {
  readonly messages: readonly Message[]
  readonly chosen: Filter
  readonly onChoose: (filter: Filter) => void
}

/** Shows only some of the messages; what there is none of is not offered. */
export function Filters({ messages, chosen, onChoose }: Props): JSX.Element | null {
  const counts = useMemo(() => countsOf(messages), [messages])
  const offered = FILTERS.filter((one) => one === 'all' || one === chosen || counts[one] > 0)
  if (offered.length === 1) return null
  return (
    <div class="chips" role="group" aria-label={words.filters}>
      {offered.map((one) => (
        <button
          key={one}
          type="button"
          class="chip"
          aria-pressed={one === chosen}
          onClick={() => onChoose(one)}
        >
          {words.count(LABELS[one], counts[one])}
        </button>
      ))}
    </div>
  )
}
