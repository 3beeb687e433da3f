import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import type { Sitter } from '../../client/portraits.ts'
import { createChanges } from '../platform/changes.ts'
import { AppContext } from '../ui/context.ts'
import { Digits } from '../ui/digits.tsx'
import { Face } from '../ui/face.tsx'
import { Problem } from '../ui/problem.tsx'
import { Qr } from '../ui/qr.tsx'
import { Screen } from '../ui/screen.tsx'
import { Wait } from '../ui/wait.tsx'
import { Controls } from './controls.tsx'
import { design as words } from './design-texts.ts'
import { Foundations } from './foundations.tsx'
import { Voices } from './voices.tsx'

/** Every part that screens are made of, on one page. No family is led here. */
export function Design({ client: opening }: { client: Promise<Client> }): JSX.Element {
  const [client, setClient] = useState<Client | undefined>(undefined)
  useEffect(() => void opening.then(setClient, () => undefined), [])
  const app = useMemo(() => client && { client, changes: createChanges() }, [client])
  if (!app) return <Wait />
  return (
    <AppContext.Provider value={app}>
      <Screen title={words.title}>
        <p class="lead">{words.lead}</p>
        <Foundations />
        <Controls />
        <Said />
        <Faces />
        <Voices />
      </Screen>
    </AppContext.Provider>
  )
}

function Said(): JSX.Element {
  return (
    <>
      <section>
        <h2>{words.said}</h2>
        <Problem code="offline" />
        <div class="banner">
          <h2>{words.banner}</h2>
          <p>{words.bannerSays}</p>
        </div>
        <div class="banner alarm">
          <h2>{words.alarm}</h2>
          <p>{words.bannerSays}</p>
        </div>
      </section>
      <section>
        <h2>{words.digits}</h2>
        <Digits label={words.digits} digits="482981" />
      </section>
      <section>
        <h2>{words.qr}</h2>
        <Qr text={location.origin} label={words.qr} />
      </section>
    </>
  )
}

/** Ids whose colours differ; a child's is what gives it ears. */
const SITTERS = [
  'ps-AAAAAAAAAAAAAAAAAAAAAA',
  'ps-BAAAAAAAAAAAAAAAAAAAAA',
  'ps-CAAAAAAAAAAAAAAAAAAAAA',
  'ch-AAAAAAAAAAAAAAAAAAAAAA',
] as const

function Faces(): JSX.Element {
  return (
    <section>
      <h2>{words.faces}</h2>
      <p class="small">{words.facesSay}</p>
      <ul class="list">
        {SITTERS.map((id, at) => (
          <li class="row" key={id}>
            <Face of={id as string as Sitter} name={words.names[at] ?? ''} />
            <strong>{words.names[at]}</strong>
          </li>
        ))}
      </ul>
    </section>
  )
}
