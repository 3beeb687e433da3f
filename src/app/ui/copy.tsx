import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { announce } from './announce.ts'

type Props = {
  readonly text: string
  readonly label: string
  /** What is said when it is done. */
  readonly done: string
  readonly primary?: true
}

/** Copies a text. Where a browser forbids it, nothing is said: the text stands beside it. */
export function Copy({ text, label, done, primary }: Props): JSX.Element {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    announce(done)
  }
  return (
    <button
      type="button"
      class={primary ? 'button primary' : 'button'}
      onClick={() => void copy().catch(() => undefined)}
    >
      {copied ? done : label}
    </button>
  )
}
