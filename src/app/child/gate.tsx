import type { JSX } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import { gate, leave, type Gate as Asked } from '../../client/childs-lock.ts'
import { texts } from '../texts.ts'
import { useApp } from '../ui/context.ts'
import { Problem } from '../ui/problem.tsx'
import { useAction } from '../ui/use-action.ts'
import { useLive } from '../ui/use-live.ts'
import { child } from './child-texts.ts'
import { Forgotten } from './forgotten.tsx'
import { asciiDigits } from './digits.ts'
import { takeBack } from './take-back.ts'

const words = child.gate

/** The way back for adults: four digits that the screen spells in words, or the guardian's own. */
export function Gate(): JSX.Element {
  const asked = useLive(gate, [])
  const { data } = asked
  const [wrong, setWrong] = useState(false)
  const wait = useCountdown(data)
  return (
    <section class="gate">
      {data && <Asking asked={data} />}
      {wait > 0 ? (
        <p class="warning" role="status">
          {words.wait(wait)}
        </p>
      ) : (
        <Digits
          key={String(wrong)}
          onTried={(told) => {
            setWrong(told === 'wrong')
            asked.reload()
          }}
        />
      )}
      <p class="problem" role="alert">
        {wrong && (data?.asks.kind === 'code' ? words.wrongOwn : words.wrong)}
      </p>
      {data?.asks.kind === 'code' && <Forgotten />}
    </section>
  )
}

function Asking({ asked: { asks } }: { asked: Asked }): JSX.Element {
  if (asks.kind === 'code') return <p class="lead">{words.own}</p>
  const spelled = asks.digits.split('').map((digit) => words.digits[Number(digit)])
  return (
    <>
      <p class="lead">{words.words}</p>
      <p class="spelled">
        {spelled.map((word) => (
          <span key={word}>{word}</span>
        ))}
      </p>
    </>
  )
}

function Digits({ onTried }: { onTried: (told: 'open' | 'wrong' | 'wait') => void }): JSX.Element {
  const { client } = useApp()
  const id = useId()
  const [typed, setTyped] = useState('')
  const open = useAction(async () => {
    const told = await leave(client, asciiDigits(typed))
    if (told === 'open') return takeBack()
    setTyped('')
    onTried(told)
  })
  const submit = (event: Event): void => {
    event.preventDefault()
    void open.run()
  }
  return (
    <form class="form" onSubmit={submit}>
      <div class="field">
        <label for={id}>{words.label}</label>
        <input
          id={id}
          class="four"
          value={typed}
          required
          inputMode="numeric"
          autocomplete="off"
          maxLength={4}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Problem code={open.problem} />
      <button type="submit" class="button primary" aria-disabled={open.busy}>
        {open.busy ? texts.app.moment : words.open}
      </button>
    </form>
  )
}

/** Seconds for which nothing typed counts. */
function useCountdown(asked: Asked | undefined): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const end = performance.now() + (asked?.waitMs ?? 0)
    const look = (): void => setLeft(Math.ceil(Math.max(0, end - performance.now()) / 1000))
    look()
    const timer = setInterval(look, 500)
    return () => clearInterval(timer)
  }, [asked])
  return left
}
