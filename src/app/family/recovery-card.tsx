import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { locale } from '../language/language.ts'
import { putCardAway } from '../../client/household.ts'
import { navigate } from '../platform/router.ts'
import { texts } from '../texts.ts'
import { Copy } from '../ui/copy.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { useApp } from '../ui/context.ts'
import { CardToPasskey } from './card-passkey.tsx'
import { childCalled } from './child.ts'
import { Problem } from '../ui/problem.tsx'
import { Qr } from '../ui/qr.tsx'
import { Screen } from '../ui/screen.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'

const words = texts.card

/** The recovery card, to be printed or saved; it stays until the person says it is put away. */
export function RecoveryCard({ code }: { code: string }): JSX.Element {
  const { client } = useApp()
  const child = useLive(childCalled, ['family']).data ?? ''
  const [asking, setAsking] = useState(false)
  const putAway = useAction(async () => {
    await putCardAway(client)
    navigate('/', { replace: true })
  })
  return (
    <Screen title={words.title}>
      <p class="lead">{words.lead}</p>
      <section class="recovery-card" aria-label={words.title}>
        <p class="print-only">{words.printed(child)}</p>
        <p class="code-label">{words.code}</p>
        <p class="code">
          {code.split('-').map((group) => (
            <span key={group}>{group}</span>
          ))}
        </p>
        <Qr text={code} label={words.qr} />
        <p class="print-only">{words.printedHow}</p>
        <p class="print-only">{words.printedOn(today())}</p>
      </section>
      <p class="warning">{words.warning}</p>
      <div class="buttons no-print">
        <button type="button" class="button" onClick={() => print()}>
          {words.print}
        </button>
        <Copy text={code} label={words.copy} done={words.copied} />
        <button type="button" class="button" onClick={() => save(child, code)}>
          {words.save}
        </button>
      </div>
      <CardToPasskey code={code} />
      <Problem code={putAway.problem} />
      <button type="button" class="button primary wide no-print" onClick={() => setAsking(true)}>
        {words.done}
      </button>
      {asking && (
        <Confirm
          question={words.sure}
          detail={words.sureDetail}
          yes={words.sureYes}
          onYes={() => void putAway.run()}
          onClose={() => setAsking(false)}
        />
      )}
    </Screen>
  )
}

/** A card is made when it is shown: cards that were printed can be told apart. */
function today(): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format()
}

function save(child: string, code: string): void {
  const lines = [
    words.printed(child),
    '',
    `${words.code}: ${code}`,
    '',
    words.printedHow,
    words.printedOn(today()),
    '',
  ]
  const url = URL.createObjectURL(new Blob([lines.join('\n')], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = words.file
  link.click()
  // The download has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
