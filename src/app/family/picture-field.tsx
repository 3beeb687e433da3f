import type { JSX } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Portrait } from '../../client/portraits.ts'
import { announce } from '../ui/announce.ts'
import { picture as words } from './people-texts.ts'
import { shrink } from './shrink.ts'

/** Takes a picture away. */
const NONE: Portrait = { type: 'image/jpeg', image: new Uint8Array() }

type Props = {
  /** The picture chosen just now; an empty one takes the one there is away. */
  readonly chosen: Portrait | undefined
  /** The one there is, drawn. */
  readonly before: JSX.Element
  /** Whether there is one to take away. */
  readonly has: boolean
  readonly onChoose: (portrait: Portrait) => void
}

/** A picture chosen or taken, cut and made small right here. */
export function PictureField({ chosen, before, has, onChoose }: Props): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  const [bad, setBad] = useState(false)
  const shows = chosen ? chosen.image.length > 0 : has
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    try {
      onChoose(await shrink(file))
      setBad(false)
      announce(words.done)
    } catch {
      setBad(true)
    }
  }
  return (
    <fieldset class="picture-field">
      <legend>{words.title}</legend>
      <div class="picture-row">
        {chosen && chosen.image.length > 0 ? <Chosen portrait={chosen} /> : before}
        <div class="buttons">
          <button type="button" class="button" onClick={() => input.current?.click()}>
            {shows ? words.other : words.choose}
          </button>
          {shows && (
            <button type="button" class="button quiet" onClick={() => onChoose(NONE)}>
              {words.remove}
            </button>
          )}
        </div>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={(event) => {
          void take(event.currentTarget.files?.[0])
          // The same file may be chosen once more.
          event.currentTarget.value = ''
        }}
      />
      {bad && (
        <p class="problem" role="alert">
          {words.unreadable}
        </p>
      )}
      <p class="hint">{words.hint}</p>
    </fieldset>
  )
}

function Chosen({ portrait: { type, image } }: { portrait: Portrait }): JSX.Element {
  const url = useMemo(
    () => URL.createObjectURL(new Blob([Uint8Array.from(image)], { type })),
    [image],
  )
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return <img class="avatar" src={url} alt="" aria-hidden="true" />
}
