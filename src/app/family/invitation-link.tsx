import type { JSX } from 'preact'
import { useId, useState } from 'preact/hooks'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { Qr } from '../ui/qr.tsx'

const words = texts.invite

/** A link to hand on: copied, shared by what the phone has, or shown to its camera. */
export function InvitationLink({ name, link }: { name: string; link: string }): JSX.Element {
  const id = useId()
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link)
    setCopied(true)
    announce(words.copied)
  }
  return (
    <div class="invitation">
      <label for={id} class="small">
        {words.link}
      </label>
      <input id={id} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => void copy()}>
          {copied ? words.copied : words.copy}
        </button>
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
