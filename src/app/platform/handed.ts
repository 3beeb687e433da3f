import { createValue } from './value.ts'

const SLOT = 'child'

/**
 * Whether the device is in the child's hands: then every address shows the child's screen. Remembered
 * where the very first picture can see it; what counts is the lock in the client's store.
 */
export const handed = createValue(remembered())

function remembered(): boolean {
  try {
    return localStorage.getItem(SLOT) !== null
  } catch {
    return false
  }
}

/** Notes what the lock in the store says. */
export function setHanded(now: boolean): void {
  try {
    if (now) localStorage.setItem(SLOT, '1')
    else localStorage.removeItem(SLOT)
  } catch {
    // Without storage the first picture is not known; the store is asked right after it.
  }
  handed.set(now)
}
