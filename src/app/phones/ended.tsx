import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { myEnding } from '../../client/leaving.ts'
import { sound, type Message } from '../../client/messages.ts'
import { Farewell } from '../archive/farewell.tsx'
import { mail } from '../messages/mail.ts'
import { Play } from '../messages/play.tsx'
import { dayOf } from '../messages/times.ts'
import { wipe } from '../platform/wipe.ts'
import { texts } from '../texts.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'
import { phones as words } from './phones-texts.ts'

/**
 * The one screen of a device that belongs to its family no longer. Who was ended keeps what they had
 * received; a phone that was lost shows it to nobody, for its owner has it elsewhere.
 */
export function Ended(): JSX.Element {
  const { data: ending, problem } = useLive(myEnding, [])
  if (!ending) return problem ? <Problem code={problem} /> : <Wait />
  const isLost = ending === 'revoked'
  return (
    <Screen title={words.endedTitle}>
      <p class="lead">{words.endedBy[ending]}</p>
      <p>{isLost ? words.keptLocked : words.keptOpen}</p>
      {!isLost && <Farewell />}
      {!isLost && <Kept />}
      {!isLost && <p class="small">{words.back}</p>}
      <Wipe />
    </Screen>
  )
}

function Kept(): JSX.Element {
  const { data, problem } = useLive(mail, [])
  const voices = data?.all.filter(({ from }) => !from.me) ?? []
  return (
    <section>
      <h2>{words.kept}</h2>
      <Problem code={problem} />
      {data && voices.length === 0 && <p class="small">{words.keptNothing}</p>}
      <ul class="messages">
        {voices.map((voice) => (
          <Voice key={voice.message} voice={voice} child={data?.child ?? ''} />
        ))}
      </ul>
    </section>
  )
}

function Voice({ voice, child }: { voice: Message; child: string }): JSX.Element {
  const { client } = useApp()
  const who = nameOf(voice, child)
  return (
    <li class="message">
      <p class="who">
        <strong>{who}</strong>
      </p>
      <p class="small">{dayOf(voice.at, Date.now())}</p>
      <Play
        id={voice.message}
        label={who}
        durationMs={voice.durationMs}
        load={() => bytesOf(client, voice)}
      />
    </li>
  )
}

function nameOf({ from }: Message, child: string): string {
  if (from.child) return from.child.name || child
  return from.name || texts.family.unnamed
}

async function bytesOf(client: Client, voice: Message): Promise<Uint8Array> {
  return (await sound(client, voice.message)).sound
}

function Wipe(): JSX.Element {
  const { client } = useApp()
  const [asking, setAsking] = useState(false)
  const clean = useAction(() => wipe(client))
  return (
    <>
      <Problem code={clean.problem} />
      <button type="button" class="button primary wide" onClick={() => setAsking(true)}>
        {clean.busy ? texts.app.moment : words.wipe}
      </button>
      {asking && (
        <Confirm
          question={words.wipeSure}
          detail={words.wipeDetail}
          yes={words.wipeYes}
          onYes={() => void clean.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
