import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A window above and below the visible one in which things are drawn already. */
const AHEAD = '100% 0px'

type Watcher = (isNear: boolean) => void

const watchers = new WeakMap<Element, Watcher>()
const shared: { observer?: IntersectionObserver; frame?: number } = {}
/** Boxes that came near or went far, and were not told yet. */
const moved = new Map<Element, boolean>()

function observer(): IntersectionObserver {
  shared.observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) moved.set(target, isIntersecting)
      schedule()
    },
    { rootMargin: AHEAD },
  )
  return shared.observer
}

function schedule(): void {
  shared.frame ??= requestAnimationFrame(tellSome)
}

/** One that is near and one that is far in each frame: a key pressed meanwhile waits for no more. */
function tellSome(): void {
  delete shared.frame
  tell(nearest(), true)
  tell([...moved].find(([, isNear]) => !isNear)?.[0], false)
  if (moved.size > 0) schedule()
}

function tell(box: Element | undefined, isNear: boolean): void {
  if (!box) return
  moved.delete(box)
  watchers.get(box)?.(isNear)
}

/** The box that came nearest to what is seen. */
function nearest(): Element | undefined {
  const middle = innerHeight / 2
  const away = (box: Element): number => {
    const { top, bottom } = box.getBoundingClientRect()
    return Math.abs((top + bottom) / 2 - middle)
  }
  const came = [...moved].flatMap(([box, isNear]) => (isNear ? [{ box, from: away(box) }] : []))
  return came.toSorted((a, b) => a.from - b.from)[0]?.box
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
    return () => {
      observer().unobserve(element)
      moved.delete(element)
    }
  }, [])
  return state
}
