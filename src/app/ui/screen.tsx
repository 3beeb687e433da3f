import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { texts } from '../texts.ts'
import { Link } from './link.tsx'

type Props = {
  readonly title: string
  /** Where "back" leads; without it there is none. */
  readonly back?: string
  readonly children: ComponentChildren
}

const shown = { any: false }

/**
 * One screen: its heading names the document and takes the focus, so that a screen reader says where
 * one has come to. The very first screen leaves the focus where the browser has it.
 */
export function Screen({ title, back, children }: Props): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (shown.any) heading.current?.focus({ preventScroll: true })
    shown.any = true
  }, [])
  useEffect(() => {
    document.title = `${title} · Pawpost`
  }, [title])
  return (
    <main class="screen" id="main">
      {back !== undefined && (
        <Link to={back} class="back">
          {texts.app.back}
        </Link>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </main>
  )
}
