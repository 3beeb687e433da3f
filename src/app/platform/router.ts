import { createValue } from './value.ts'

/** The path in the address bar. Screens are chosen by it; there is nothing else to a router here. */
export const path = createValue(globalThis.location?.pathname ?? '/')

/** Starts following the browser's back and forward buttons. */
export function followHistory(): void {
  addEventListener('popstate', () => path.set(location.pathname))
}

/** Goes to another screen. `replace` leaves no way back to this one. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', to)
  else if (to !== location.pathname) history.pushState(null, '', to)
  path.set(to)
  scrollTo(0, 0)
}

/** The segments of a path, such as `['record', 'child']`. */
export function segments(of: string): readonly string[] {
  return of
    .split('/')
    .filter((part) => part !== '')
    .map(decoded)
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
