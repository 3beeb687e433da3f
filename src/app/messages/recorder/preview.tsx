import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { outline } from '../../sound/samples.ts'
import { samplesOf } from '../../sound/decode.ts'
import { texts } from '../../texts.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { useApp } from '../../ui/context.ts'
import { Problem } from '../../ui/problem.tsx'
import { useAction } from '../../ui/use-action.ts'
import { dropDraft, sendDraft, type Draft } from '../drafts.ts'
import { Play } from '../play.tsx'
import { Bars } from './meter.tsx'

const words = texts.record
const BARS = 48

type Props = {
  readonly draft: Draft
  readonly note: string
  readonly onSent: () => void
  readonly onAgain: () => void
}

/** A stopped recording: listen, send, record again, or delete. */
export function Preview({ draft, note, onSent, onAgain }: Props): JSX.Element {
  const { client } = useApp()
  const [deleting, setDeleting] = useState(false)
  const levels = useOutline(draft.sound)
  const send = useAction(() => sendDraft(client, draft))
  const drop = useAction(() => dropDraft(client, draft))
  const sendIt = async (): Promise<void> => {
    if (await send.run()) onSent()
  }
  return (
    <section class="preview" aria-label={words.listen}>
      <h2>{words.listen}</h2>
      <Bars levels={levels} />
      <Play
        id={`draft-${draft.at}`}
        label={words.listen}
        durationMs={draft.durationMs}
        load={() => Promise.resolve(draft.sound)}
      />
      <p class="small">{note ? `${note} ${words.kept}` : words.kept}</p>
      <Problem code={send.problem ?? drop.problem} />
      <button
        type="button"
        class="button primary wide"
        aria-disabled={send.busy}
        onClick={() => void sendIt()}
      >
        {send.busy ? texts.app.moment : words.send}
      </button>
      <div class="buttons">
        <button type="button" class="button" onClick={onAgain}>
          {words.again}
        </button>
        <button type="button" class="button" onClick={() => setDeleting(true)}>
          {words.discard}
        </button>
      </div>
      {deleting && (
        <Confirm
          question={words.discardSure}
          yes={words.discardYes}
          onYes={() => void drop.run()}
          onClose={() => setDeleting(false)}
        />
      )}
    </section>
  )
}

function useOutline(sound: Uint8Array): readonly number[] {
  const [levels, setLevels] = useState<readonly number[]>([])
  useEffect(() => {
    // Without a picture there is still the player, which says what is wrong.
    samplesOf(sound).then(
      (samples) => setLevels(outline(samples, BARS)),
      () => setLevels([]),
    )
  }, [sound])
  return levels
}
