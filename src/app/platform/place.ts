import type { Place } from '../../client/session.ts'

const SLOT = 'place'

/** Where the person was last, so that the first picture is the right one. A guess, nothing more. */
export function rememberedPlace(): string | undefined {
  try {
    return localStorage.getItem(SLOT) ?? undefined
  } catch {
    return undefined
  }
}

/** Notes the place. Who was never anywhere but outside leaves nothing: no account is known here. */
export function rememberPlace(place: Place): void {
  if (place === 'signed-out' && rememberedPlace() === undefined) return
  try {
    localStorage.setItem(SLOT, place)
  } catch {
    // Without storage there is no guess; opening the database says what is wrong.
  }
}
