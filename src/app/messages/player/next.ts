/** What a list knows of its messages, newest first. */
export type Listed = { readonly message: string; readonly heard: boolean }

/** The message to play after `id`: the next newer one of the list that nobody has heard here. */
export function nextUnheard<T extends Listed>(list: readonly T[], id: string): T | undefined {
  const at = list.findIndex(({ message }) => message === id)
  return list.slice(0, Math.max(0, at)).findLast(({ heard }) => !heard)
}
