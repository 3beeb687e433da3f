import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { greetingIn } from '../../keys/box-fragment.ts'
import { Copy } from '../ui/copy.tsx'
import { Qr } from '../ui/qr.tsx'
import { Screen } from '../ui/screen.tsx'
import { box as texts } from './box-texts.ts'
import { dayOf } from './day.ts'
import type { Made } from './make-link.tsx'
import { Arrow, Camera, Microphone } from './pictures.tsx'

const words = texts.family

/** A link to hand on: printed, copied, shared, or shown to the phone's camera. */
export function MadeLink({
  name,
  link,
  expires,
  onBack,
}: Made & { onBack: () => void }): JSX.Element {
  const id = useId()
  const whom = greetingIn(new URL(link).hash.slice(1)) ?? ''
  return (
    <div class="box-made-screen">
      <Screen title={words.readyTitle(name)}>
        <p class="lead no-print">{words.ready(name)}</p>
        <Sheet whom={whom} link={link} expires={expires} />
        <button type="button" class="button primary wide no-print" onClick={() => print()}>
          {words.print}
        </button>
        <div class="field no-print">
          <label for={id}>{words.link}</label>
          <input id={id} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        </div>
        <div class="buttons no-print">
          <Copy text={link} label={words.copy} done={words.copied} />
          {'share' in navigator && (
            <button type="button" class="button" onClick={() => void share(whom, link)}>
              {words.share}
            </button>
          )}
        </div>
        <p class="small no-print">{words.careful}</p>
        <button type="button" class="button quiet no-print" onClick={onBack}>
          {words.back}
        </button>
      </Screen>
    </div>
  )
}

type SheetProps = { readonly whom: string; readonly link: string; readonly expires: number }

/** What hangs on the fridge: the code, and three pictures of how it goes. */
function Sheet({ whom, link, expires }: SheetProps): JSX.Element {
  const { sheet, page } = texts
  return (
    <section class="box-sheet">
      <p class="sheet-title">{page.title(whom)}</p>
      <Qr text={link} label={words.qr} />
      <ol class="box-steps">
        <li class="box-step">
          <span class="disc plain">
            <Camera />
          </span>
          {sheet.camera}
        </li>
        <li class="box-step">
          <span class="disc">
            <Microphone />
          </span>
          {sheet.talk}
        </li>
        <li class="box-step">
          <span class="disc">
            <Arrow />
          </span>
          {sheet.send}
        </li>
      </ol>
      <p class="small">{sheet.until(dayOf(expires))}</p>
      <p class="small">{sheet.careful}</p>
    </section>
  )
}

async function share(whom: string, link: string): Promise<void> {
  try {
    await navigator.share({ text: words.shareText(whom), url: link })
  } catch (error) {
    // Closing the phone's sheet is an answer, too.
    if (!(error instanceof DOMException) || error.name !== 'AbortError') throw error
  }
}
