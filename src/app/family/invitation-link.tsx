import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Copy } from '../ui/copy.tsx'
import { Qr } from '../ui/qr.tsx'

const words = texts.invite

/** A link to hand on: copied, shared by what the phone has, or shown to its camera. */
export function InvitationLink({ name, link }: { name: string; link: string }): JSX.Element {
  const id = useId()
  return (
    <div class="invitation">
      <label for={id} class="small">
        {words.link}
      </label>
      <input id={id} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      <div class="buttons">
        <Copy text={link} label={words.copy} done={words.copied} primary />
        {'share' in navigator && (
          <button type="button" class="button" onClick={() => void share(name, link)}>
            {words.share}
          </button>
        )}
      </div>
      <Qr text={link} label={words.qr} />
      <p class="small">{words.qrHint}</p>
    </div>
  )
}

async function share(name: string, link: string): Promise<void> {
  try {
    await navigator.share({ text: words.shareText(name), url: link })
  } catch (error) {
    // Closing the phone's sheet is an answer, too.
    if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error
  }
}
