import type { ComponentChildren, JSX } from 'preact'
import { navigate } from '../platform/router.ts'

type Props = {
  readonly to: string
  readonly class?: string
  readonly current?: boolean
  readonly children: ComponentChildren
}

/** A link to another screen: a real one, so that it can be opened elsewhere and is announced. */
export function Link({ to, current, children, ...rest }: Props): JSX.Element {
  const go = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    navigate(to)
  }
  return (
    <a href={to} onClick={go} aria-current={current ? 'page' : undefined} {...rest}>
      {children}
    </a>
  )
}
