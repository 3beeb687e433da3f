import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Progress } from '../../client/archive/collect.ts'
import type { Client } from '../../client/client.ts'
import { keepsakes } from '../../client/keepsakes.ts'
import { messages } from '../../client/messages.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useLive } from '../ui/use-live.ts'
import { archive as words } from './archive-texts.ts'
import { Line, OpeningLine } from './opening-line.tsx'
import { makeFiles, makePage, type Made } from './making.ts'
import { useLongWork, type LongWork } from './use-long-work.ts'

/** Everything there is to take along: as a page to listen to, or as locked files. */
export function Take(): JSX.Element {
  const [made, setMade] = useState<Made | undefined>(undefined)
  if (made?.lock) {
    return <OpeningLine file={made.file} lock={made.lock} onDone={() => setMade(undefined)} />
  }
  return (
    <Screen title={words.takeTitle} back="/settings/data">
      <Making made={made} onMade={setMade} />
    </Screen>
  )
}

/** The same on a screen of another name. */
export function TakeHere(): JSX.Element {
  const [made, setMade] = useState<Made | undefined>(undefined)
  return (
    <section>
      <h2>{words.takeTitle}</h2>
      <Making made={made} onMade={setMade} />
      {made?.lock && <Line file={made.file} lock={made.lock} />}
    </section>
  )
}

type MakingProps = {
  readonly made: Made | undefined
  readonly onMade: (made: Made) => void
}

function Making({ made, onMade }: MakingProps): JSX.Element {
  const work = useLongWork<Progress>()
  const count = useLive(countOf, ['messages']).data
  const done = (now: Made): void => {
    onMade(now)
    announce(words.made)
  }
  return (
    <>
      <p class="lead">{count === 0 ? words.takeNone : words.takeLead(count ?? 0)}</p>
      <p>{words.takeWhole}</p>
      <Ways work={work} onMade={done} />
      <Problem code={work.problem} />
      {made && !work.busy && <p class="good">{words.made}</p>}
      {work.stopped && <p>{words.stopped}</p>}
    </>
  )
}

async function countOf(client: Client): Promise<number> {
  return (await messages(client)).length + (await keepsakes(client)).length
}

type WaysProps = { readonly work: LongWork<Progress>; readonly onMade: (made: Made) => void }

function Ways({ work, onMade }: WaysProps): JSX.Element {
  const { client } = useApp()
  const make = (how: typeof makePage) => (): void =>
    work.start(async (parts) => onMade(await how(client, parts)))
  if (work.busy) return <Working {...work} />
  return (
    <>
      <section>
        <h2>{words.page}</h2>
        <p>{words.pageSays}</p>
        <button type="button" class="button primary" onClick={make(makePage)}>
          {words.pageDo}
        </button>
      </section>
      <section>
        <h2>{words.files}</h2>
        <p>{words.filesSays}</p>
        <button type="button" class="button" onClick={make(makeFiles)}>
          {words.filesDo}
        </button>
      </section>
    </>
  )
}

function Working({ progress, stop }: LongWork<Progress>): JSX.Element {
  const { done = 0, of = 0 } = progress ?? {}
  return (
    <section>
      <progress aria-label={words.progress} max={Math.max(1, of)} value={done} />
      <p>{words.working(Math.min(done + 1, of), of)}</p>
      <button type="button" class="button" onClick={stop}>
        {words.cancel}
      </button>
    </section>
  )
}
