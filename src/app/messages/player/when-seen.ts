type Seen = () => () => void

const seen = new Map<Element, Seen>()
const ends = new Map<Element, () => void>()
let observer: IntersectionObserver | undefined

/**
 * Calls `start` whenever an element is on the screen, and what that returned when it is not any
 * more, or when the returned function is called. One observer for all rows there are.
 */
export function whenSeen(element: Element | null, start: Seen): () => void {
  if (!element) return () => undefined
  observer ??= new IntersectionObserver(look)
  seen.set(element, start)
  observer.observe(element)
  return () => {
    observer?.unobserve(element)
    seen.delete(element)
    end(element)
  }
}

function look(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    end(target)
    const start = seen.get(target)
    if (isIntersecting && start) ends.set(target, start())
  }
}

function end(element: Element): void {
  ends.get(element)?.()
  ends.delete(element)
}
