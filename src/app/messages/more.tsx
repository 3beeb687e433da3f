import type { JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Client } from '../../client/client.ts'
import { approve, withdrawApproval } from '../../client/judging.ts'
import { letGo, save } from '../../client/keeping.ts'
import type { Message } from '../../client/messages.ts'
import type { MessageId } from '../../protocol/ids.ts'
import { texts } from '../texts.ts'
import { announce } from '../ui/announce.ts'
import { useApp } from '../ui/context.ts'
import { Link } from '../ui/link.tsx'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { answerTo, childrenAnswering, deedsFor, type Around, type Deed } from './deeds.ts'
import { Erase } from './erase.tsx'
import { hideSoon } from './hiding.ts'
import { deeds as words, messages } from './messages-texts.ts'
import { fromTo } from './names.ts'
import { PassOn } from './pass-on.tsx'
import { dayOf } from './times.ts'

type Props = {
  readonly message: Message
  readonly child: string
  readonly around: Around
  readonly onClose: () => void
}

type Step = 'menu' | 'pass-on' | 'erase'

/** What else can be done with a message, in a window of its own over the list. */
export function More(props: Props): JSX.Element {
  const { message, child, onClose } = props
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const [step, setStep] = useState<Step>('menu')
  useEffect(() => dialog.current?.showModal(), [])
  const close = (): void => dialog.current?.close()
  const who = fromTo(message, child)
  return (
    <dialog ref={dialog} class="sheet" onClose={onClose} aria-labelledby={title}>
      {step === 'menu' && (
        <>
          <h2 id={title}>{who}</h2>
          <p class="small">{dayOf(message.at, Date.now())}</p>
          <Menu {...props} onStep={setStep} onDone={close} />
          <button type="button" class="button wide" onClick={close}>
            {texts.app.close}
          </button>
        </>
      )}
      {step === 'pass-on' && <PassOn {...props} title={title} onDone={close} />}
      {step === 'erase' && <Erase {...props} title={title} onDone={close} />}
    </dialog>
  )
}

type MenuProps = Pick<Props, 'message' | 'around'> & {
  readonly onStep: (step: Step) => void
  readonly onDone: () => void
}

/** What is done at once, and what is said then. */
const AT_ONCE = {
  save: { label: words.save, hint: words.saveHint, done: words.saved, work: save },
  'let-go': { label: words.letGo, hint: '', done: words.letGoDone, work: letGo },
  approve: { label: words.approve, hint: '', done: messages.approved, work: approve },
  withdraw: { label: words.withdraw, hint: '', done: words.withdrawn, work: withdrawApproval },
} as const satisfies Partial<
  Record<
    Deed,
    { work: (client: Client, message: MessageId) => Promise<void>; [word: string]: unknown }
  >
>

type AtOnce = keyof typeof AT_ONCE

function Menu({ message, around, onStep, onDone }: MenuProps): JSX.Element {
  const { client } = useApp()
  const act = useAction(async (deed: AtOnce) => {
    await AT_ONCE[deed].work(client, message.message)
    announce(AT_ONCE[deed].done)
    onDone()
  })
  const hideIt = (): void => {
    onDone()
    hideSoon(client, message.message)
  }
  const may = new Set<Deed>(deedsFor(message, around))
  return (
    <>
      <Problem code={act.problem} />
      <ul class="deeds">
        <Answers message={message} around={around} />
        {may.has('to-toy') && <Go to="/toy" label={messages.toToy} />}
        {may.has('pass-on') && <Do label={words.passOn} onClick={() => onStep('pass-on')} />}
        {(Object.keys(AT_ONCE) as AtOnce[])
          .filter((deed) => may.has(deed))
          .map((deed) => (
            <Do
              key={deed}
              label={AT_ONCE[deed].label}
              hint={AT_ONCE[deed].hint}
              onClick={() => void act.run(deed)}
            />
          ))}
        <Do label={words.hide} hint={words.hideHint} onClick={hideIt} />
        {may.has('erase') && <Do label={words.erase} onClick={() => onStep('erase')} />}
      </ul>
    </>
  )
}

function Answers({ message, around }: Pick<MenuProps, 'message' | 'around'>): JSX.Element {
  const path = answerTo(message, around)
  return (
    <>
      {path !== undefined && <Go to={path} label={words.reply} />}
      {childrenAnswering(message, around).map(({ child, name, path: at }) => (
        <Go key={child} to={at} label={words.replyAs(name || texts.family.child)} />
      ))}
    </>
  )
}

type GoProps = { readonly to: string; readonly label: string }

function Go({ to, label }: GoProps): JSX.Element {
  return (
    <li>
      <Link to={to} class="deed">
        {label}
      </Link>
    </li>
  )
}

type DoProps = { readonly label: string; readonly hint?: string; readonly onClick: () => void }

function Do({ label, hint = '', onClick }: DoProps): JSX.Element {
  return (
    <li>
      <button type="button" class="deed" onClick={onClick}>
        {label}
        {hint !== '' && <span class="small">{hint}</span>}
      </button>
    </li>
  )
}
