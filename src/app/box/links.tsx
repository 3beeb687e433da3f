import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { endBox, MOST_BOXES, openBoxes, type OpenBox } from '../../client/boxes.ts'
import { announce } from '../ui/announce.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { box as texts } from './box-texts.ts'
import { dayOf } from './day.ts'
import { MadeLink } from './made-link.tsx'
import { MakeLink, type Made } from './make-link.tsx'

const words = texts.family

/** A guardian's links for old phones: make one, see them, end them. */
export function BoxLinks(): JSX.Element {
  const [made, setMade] = useState<Made | undefined>(undefined)
  const [making, setMaking] = useState(false)
  const { data, problem } = useLive(openBoxes, ['family', 'messages'])
  const back = (): void => {
    setMade(undefined)
    setMaking(false)
  }
  if (made) return <MadeLink key="made" {...made} onBack={back} />
  if (making) return <MakeLink key="make" onMade={setMade} onBack={back} />
  if (!data) return problem ? <Problem code={problem} /> : <Wait />
  const isFull = data.length >= MOST_BOXES
  return (
    <Screen title={words.title} back="/family">
      <p class="lead">{words.lead}</p>
      {isFull ? (
        <p class="note">{words.most(data.length)}</p>
      ) : (
        <button type="button" class="button primary" onClick={() => setMaking(true)}>
          {data.length === 0 ? words.make : words.another}
        </button>
      )}
      <p class="small">{words.onePhone}</p>
      <section class="box-links">
        <h2>{words.openNow}</h2>
        {data.length === 0 && <p class="small">{words.none}</p>}
        <ul class="list">
          {data.map((box) => (
            <Open key={box.box} box={box} onShow={setMade} />
          ))}
        </ul>
      </section>
    </Screen>
  )
}

function Open({ box, onShow }: { box: OpenBox; onShow: (made: Made) => void }): JSX.Element {
  const { client } = useApp()
  const [asking, setAsking] = useState(false)
  const end = useAction(async () => {
    await endBox(client, box.box)
    announce(words.ended)
  })
  const name = box.name === '' ? words.unnamed : box.name
  const { link, expires, usedAt } = box
  return (
    <li class="row column">
      <span>
        <strong>{name}</strong>
        <span class="small">{words.until(dayOf(expires))}</span>
        <span class="small">{usedAt === undefined ? words.unused : words.used(dayOf(usedAt))}</span>
      </span>
      <div class="buttons">
        {link !== undefined && (
          <button type="button" class="button" onClick={() => onShow({ name, link, expires })}>
            {words.show}
          </button>
        )}
        <button
          type="button"
          class="button"
          aria-disabled={end.busy}
          onClick={() => setAsking(true)}
        >
          {words.end}
        </button>
      </div>
      {link === undefined && <p class="small">{words.elsewhere}</p>}
      <Problem code={end.problem} />
      {asking && (
        <Confirm
          question={words.endSure(name)}
          detail={words.endDetail}
          yes={words.endYes}
          onYes={() => void end.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}
