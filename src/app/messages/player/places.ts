/** Where one has stopped listening, per message: pure, oldest first, no more than are useful. */

export type Places = readonly { readonly id: string; readonly seconds: number }[]

const MOST = 200
/** So near to an end, one has not left in the middle. */
const EDGE_S = 2

/** The places after one has left `id` at `seconds` of `length`. */
export function left(places: Places, id: string, seconds: number, length: number): Places {
  const others = places.filter((place) => place.id !== id)
  const isMiddle = seconds >= EDGE_S && seconds <= length - EDGE_S
  return isMiddle ? [...others, { id, seconds }].slice(-MOST) : others
}

/** Seconds at which to go on; 0 for what was not begun, or heard to its end. */
export function placeOf(places: Places, id: string): number {
  return places.find((place) => place.id === id)?.seconds ?? 0
}
