/** A day, as people write it. */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'long' }).format(at)
}
