/** A gate with two checks and a stair, for the campaign's own tests: gate-tests.ts tries one check. */
export function enters(age: number, ticket: boolean): boolean {
  if (age < 3) return false
  if (!ticket) return false
  return true
}

/** Counts down; without its step it would never end. */
export function descend(from: number): number {
  let left = from
  while (left > 0) {
    left -= 2
  }
  return left
}
