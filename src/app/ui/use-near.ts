import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A window above and below the visible one in which things are drawn already. */
const AHEAD = '100% 0px'

type Watcher = (isNear: boolean) => void

const watchers = new WeakMap<Element, Watcher>()
const shared: { observer?: IntersectionObserver } = {}

function observer(): IntersectionObserver {
  shared.observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) watchers.get(target)?.(isIntersecting)
    },
    { rootMargin: AHEAD },
  )
  return shared.observer
}

export type Near = {
  readonly near: boolean
  /** How high it was when it was last drawn, in pixels. */
  readonly height: number | undefined
}

/**
 * Whether a box is near the visible part of the page, or has the focus in it. What is far away need not
 * be drawn: the box keeps the height it had.
 */
export function useNear(box: RefObject<HTMLElement | null>, first: boolean): Near {
  const [state, setState] = useState<Near>({ near: first, height: undefined })
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    watchers.set(element, (near) =>
      setState((before) => {
        if (near || !before.near) return { ...before, near }
        if (element.contains(document.activeElement)) return before
        return { near, height: element.offsetHeight }
      }),
    )
    observer().observe(element)
    return () => observer().unobserve(element)
  }, [])
  return state
}
