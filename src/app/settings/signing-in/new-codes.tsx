import type { JSX } from 'preact'
import { Copy } from '../../ui/copy.tsx'
import { Screen } from '../../ui/screen.tsx'
import { signingIn as words } from './signing-in-texts.ts'

type Props = { readonly codes: readonly string[]; readonly onDone: () => void }

/** Recovery codes, shown this once, to be printed or written down. */
export function NewCodes({ codes, onDone }: Props): JSX.Element {
  return (
    <Screen title={words.codesTitle}>
      <p class="lead">{words.codesLead}</p>
      <section class="recovery-card" aria-label={words.codesTitle}>
        <p class="print-only">{words.codesPrinted}</p>
        <ol class="recovery-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </section>
      <p class="warning">{words.codesOnce}</p>
      <div class="buttons no-print">
        <button type="button" class="button" onClick={() => print()}>
          {words.print}
        </button>
        <Copy text={codes.join('\n')} label={words.copy} done={words.copied} />
      </div>
      <button type="button" class="button primary wide no-print" onClick={onDone}>
        {words.codesDone}
      </button>
    </Screen>
  )
}
