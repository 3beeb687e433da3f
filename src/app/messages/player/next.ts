/** What a list knows of its messages, newest first. */
export type Listed = { readonly message: string; readonly heard: boolean }

/** The message to play after `id`: the next newer one of its list that nobody has heard here. */
export function nextUnheard<T extends Listed>(
  lists: readonly (readonly T[])[],
  id: string,
): T | undefined {
  for (const list of lists) {
    const at = list.findIndex(({ message }) => message === id)
    if (at >= 0) return list.slice(0, at).findLast(({ heard }) => !heard)
  }
  return undefined
}
