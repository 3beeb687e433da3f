import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import {
  admit,
  decline,
  guardianDigits,
  waitingRequests,
  type WaitingRequest,
} from '../../client/requests.ts'
import type { Client } from '../../client/client.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { Digits } from '../ui/digits.tsx'
import { Problem } from '../ui/problem.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { Wait } from '../ui/wait.tsx'

const words = texts.requests
const POLL_MS = 3_000

type Seen = { readonly request: WaitingRequest | undefined; readonly digits?: string }

async function look(client: Client, id: string): Promise<Seen> {
  const request = (await waitingRequests(client)).find((one) => one.request === id)
  if (!request?.ready) return { request }
  return { request, digits: await guardianDigits(client, request.request) }
}

/** One who wants to come in: compare six digits, then let in or turn away. */
export function Request({ id }: { id: string }): JSX.Element {
  const seen = useLive((client) => look(client, id), ['family'], POLL_MS)
  if (!seen.data && !seen.problem) return <Wait />
  const { request, digits } = seen.data ?? {}
  if (!request) {
    return (
      <Screen title={texts.family.title} back="/family">
        <Problem code={seen.problem ?? 'not-found'} />
      </Screen>
    )
  }
  const { name, invitedAs } = request
  return (
    <Screen title={words.title(name)} back="/family">
      {invitedAs !== undefined && <p class="lead">{words.invitedAs(invitedAs)}</p>}
      <Problem code={seen.problem} />
      {digits === undefined ? (
        <p role="status">{request.elsewhere ? words.elsewhere(name) : words.unready(name)}</p>
      ) : (
        <Decision request={request} digits={digits} />
      )}
    </Screen>
  )
}

function Decision({ request, digits }: { request: WaitingRequest; digits: string }): JSX.Element {
  const { client } = useApp()
  const { name } = request
  const [asking, setAsking] = useState(false)
  const letIn = useAction(async () => {
    await admit(client, request.request, digits)
    announce(words.admitted(name))
    navigate('/family', { replace: true })
  })
  const turnAway = useAction(async () => {
    await decline(client, request.request)
    navigate('/family', { replace: true })
  })
  return (
    <>
      <p>{words.compare(name)}</p>
      <Digits label={words.digits} digits={digits} />
      <Problem code={letIn.problem ?? turnAway.problem} />
      <div class="buttons">
        <button
          type="button"
          class="button primary"
          aria-disabled={letIn.busy}
          onClick={() => void letIn.run()}
        >
          {letIn.busy ? texts.app.moment : words.admit}
        </button>
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {words.differ}
        </button>
      </div>
      {asking && (
        <Confirm
          question={words.declineSure(name)}
          detail={words.declineDetail}
          yes={words.declineYes}
          onYes={() => void turnAway.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
