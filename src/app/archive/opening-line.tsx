import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { ArchiveLock } from '../../keys/archive.ts'
import { Confirm } from '../ui/confirm.tsx'
import { Copy } from '../ui/copy.tsx'
import { Screen } from '../ui/screen.tsx'
import { archive as words } from './archive-texts.ts'
import { download } from './saving.ts'

type Props = {
  readonly file: string
  readonly lock: ArchiveLock
  readonly onDone: () => void
}

/** The line that opens an archive: shown once, to be printed or saved apart from it. */
export function OpeningLine({ onDone, ...line }: Props): JSX.Element {
  const [asking, setAsking] = useState(false)
  return (
    <Screen title={words.lineTitle}>
      <Line {...line} />
      <button type="button" class="button primary wide no-print" onClick={() => setAsking(true)}>
        {words.lineDone}
      </button>
      {asking && (
        <Confirm
          question={words.lineSure}
          detail={words.lineSureDetail}
          yes={words.lineSureYes}
          onYes={onDone}
          onClose={() => setAsking(false)}
        />
      )}
    </Screen>
  )
}

/** The line itself, and the ways to keep it. */
export function Line({ file, lock }: Omit<Props, 'onDone'>): JSX.Element {
  const { identity } = lock
  const save = (): void => download(new Blob([`${identity}\n`]), words.lineFile)
  return (
    <>
      <p class="lead">{words.lineSays}</p>
      <section class="recovery-card" aria-label={words.line}>
        <p class="print-only">{words.linePrinted(file)}</p>
        <p class="code-label">{words.line}</p>
        <p class="opening-line" translate={false}>
          {identity}
        </p>
        <p class="print-only">{words.lineHow}</p>
      </section>
      <div class="buttons no-print">
        <button type="button" class="button" onClick={() => print()}>
          {words.linePrint}
        </button>
        <Copy text={identity} label={words.lineCopy} done={words.lineCopied} />
        <button type="button" class="button" onClick={save}>
          {words.lineSave}
        </button>
      </div>
    </>
  )
}
